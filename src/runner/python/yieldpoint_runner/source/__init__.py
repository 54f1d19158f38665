"""Where a generator is suspended in its source, and its name there."""
