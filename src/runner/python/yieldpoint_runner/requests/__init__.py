"""Between the program and what requests mean: the module `cotasks`, what yielded values ask for, how requests show."""
