"""What a prescriber does about a regime: choose, order, give, review, look at the whole."""
