"""One function for each action that a person takes, one unit of work each."""
