"""Everything that happened to an account, in one list."""
