"""The data of an account: who is billed, for what, how they are reached, and all of it through time."""
