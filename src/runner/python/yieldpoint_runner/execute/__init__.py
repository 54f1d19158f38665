"""Resuming tasks, and the conditions that end a plan."""
