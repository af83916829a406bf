"""What the nurse at reception sees: tonight's arrivals, the triage, what is due."""
