"""Enforcement cases of an account, under the portal's name UTUŽENJA."""
