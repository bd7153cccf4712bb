"""An open account: its header, the verification of a caller, and the sections beneath."""
