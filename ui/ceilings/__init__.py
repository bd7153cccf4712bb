"""Ceilings: who came near one, what was found of that, and raising one for somebody's task."""
