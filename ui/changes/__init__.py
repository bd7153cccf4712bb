"""Data changes of an account."""
