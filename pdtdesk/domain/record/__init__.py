"""What is true of the record itself: entries, how they fold into a state, and where they conflict."""
