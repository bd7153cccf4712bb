"""Registering a payment plan through the window: programme, months, offer, debtor, contract."""
