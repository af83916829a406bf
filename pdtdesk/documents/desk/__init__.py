"""The sheets of the desk itself."""
