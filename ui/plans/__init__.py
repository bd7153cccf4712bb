"""Payment plans of an account, under the portal's name REPROGRAM."""
