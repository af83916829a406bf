"""A prison that does not exist, written into a desk so that every page can be shown and tried without a patient."""
