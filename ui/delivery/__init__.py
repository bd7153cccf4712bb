"""How bills reach the customer: switching e-mail and paper."""
