"""The administrator's page: who serves, what is set, and what programmes may give."""
