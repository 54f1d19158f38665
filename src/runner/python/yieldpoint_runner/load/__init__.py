"""The user's file as a module, and the environment in which it runs."""
