"""Papers that leave the house: seen first, put on record, then printed, saved or copied."""
