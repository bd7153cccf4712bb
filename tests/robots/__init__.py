"""Robots that use the window as people do."""
