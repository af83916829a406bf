"""How a desk of an earlier form is brought up to this one."""
