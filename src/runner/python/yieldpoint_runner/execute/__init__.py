"""Resuming tasks, and what ends a plan."""
