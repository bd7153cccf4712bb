"""Call notes: written during a call, without leaving what is on the screen."""
