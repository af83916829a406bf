"""The parts that pages are made of; one way to do each thing."""
