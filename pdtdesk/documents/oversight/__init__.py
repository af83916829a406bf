"""What those who answer for treatment take away on paper."""
