"""Where a generator stands in its source, and what it is called there."""
