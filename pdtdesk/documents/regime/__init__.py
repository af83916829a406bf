"""Sheets of treatment: the administration record of a medicine round, and what a review leaves on paper."""
