"""The portfolio of payment plans: everybody's plans, and what is urgent among them."""
