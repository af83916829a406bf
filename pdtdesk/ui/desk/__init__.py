"""The pages of the desk itself: set up, signing in and out, staff, one's own account, the idle lock."""
