"""The central database: the only place with SQL in it."""
