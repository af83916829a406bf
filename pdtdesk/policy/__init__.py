"""What guidance says: pure functions of facts, dated parameters and a day, answering with findings."""
