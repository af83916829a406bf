"""What other systems hand in and take out: CSV now, FHIR later."""
