"""Bills: the list by years, one month line by line, why it changed, and copies of it."""
