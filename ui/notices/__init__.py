"""Notices of an account, under the portal's name OPOMENE."""
