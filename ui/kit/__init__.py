"""The few widgets every screen is built from, and the look they share."""
