"""Papers the desk hands out: rows in, bytes out; nothing here asks a database or a clock."""
