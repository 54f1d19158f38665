"""The user's file as a module, and what it finds around it."""
