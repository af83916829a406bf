"""What those who answer for the record look at."""
