"""The window around the screens: signing in, finding, moving about, locking."""
