"""Facts as a ward knows them: frozen values that need nothing but the standard library."""
