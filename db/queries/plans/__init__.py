"""Payment plans: what is owed, programmes, plans of an account and of all, and what is signed."""
