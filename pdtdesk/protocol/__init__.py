"""What two machines say to each other: canonical bytes, seals and their proof. Pure functions."""
