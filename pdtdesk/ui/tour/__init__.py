"""The tour of a demonstration desk: who sits down, where they turn to, and what is drawn of it."""
