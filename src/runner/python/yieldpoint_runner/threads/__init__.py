"""Calls of ordinary functions as tasks that may give way anywhere, each in a thread of its own; only one of them runs at a time."""
