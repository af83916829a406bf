"""What is done at the desk itself: signing in, staff, leases, keys."""
