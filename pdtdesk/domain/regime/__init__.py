"""What is true of a person's treatment with an opioid substitute: regimes, sentence, doses."""
