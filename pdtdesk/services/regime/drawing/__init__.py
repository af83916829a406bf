"""Where every bar, line and word of a picture stands: worked out once, for the window and for paper."""
