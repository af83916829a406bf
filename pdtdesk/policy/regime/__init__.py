"""What guidance says of a regime: its class, whether it fits the sentence, when it is reviewed."""
