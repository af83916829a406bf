"""What is true of an arrival: who came, what was asked, what was answered and by whom."""
