"""Previews of values, written without running the user's code."""
