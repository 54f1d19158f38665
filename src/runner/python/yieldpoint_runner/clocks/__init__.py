"""The clocks and random numbers of the program: the interpreter's, or virtual ones."""
