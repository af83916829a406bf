"""The sheets of reception."""
