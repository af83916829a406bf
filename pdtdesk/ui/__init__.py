"""What a person sees: Qt shows frozen values and asks services."""
