"""What is counted of treatment, and what of a count may be shown to whom: pure, and without anybody's name."""
