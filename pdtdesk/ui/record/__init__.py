"""The record itself in the window, beside any stage: its timeline, and one entry of it, whole."""
