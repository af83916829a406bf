"""The pages of those who answer for the record."""
