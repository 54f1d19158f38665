"""Exploring: many schedules tried on fresh instances of the user's program."""
