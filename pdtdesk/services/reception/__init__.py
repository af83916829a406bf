"""What a nurse does at reception: take in, triage, plan tonight, hand over."""
