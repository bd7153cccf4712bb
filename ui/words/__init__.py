"""Every word the window says: one module a subject, and the ways to look them up."""
