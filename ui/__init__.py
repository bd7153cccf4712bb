"""The window: everything a clerk sees and touches, and the only place that knows Qt."""
