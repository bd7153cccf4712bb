"""Programmes of payment plans: their versions, drafting them, trying them on accounts, publishing them."""
