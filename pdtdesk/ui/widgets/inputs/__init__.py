"""The inputs that the field builder chooses from; pages never make them by themselves."""
