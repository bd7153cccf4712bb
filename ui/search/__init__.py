"""The one box that finds everything, and the scanner that types into it."""
