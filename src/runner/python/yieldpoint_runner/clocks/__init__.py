"""The clocks and random numbers of the program: those of the interpreter, or virtual ones."""
