"""What guidance says of an arrival: `assess` asks every rule of reception; each rule has a file of its own."""
