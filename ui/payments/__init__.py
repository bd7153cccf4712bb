"""Payments of an account, under the portal's name PLAĆANJA."""
