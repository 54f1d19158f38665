"""Connects the program to the engine of requests: offers the module `cotasks`, and recognizes and formats the requests."""
