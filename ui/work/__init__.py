"""The list of work: requests that wait, reviewed one by one or approved many at once, and their intake."""
