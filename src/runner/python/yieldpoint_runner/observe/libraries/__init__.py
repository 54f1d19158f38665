"""
What libraries with schedulers of their own tell of their tasks: what each waits for, and who holds that. There is one file for each library. Nothing
is imported, and no code of a library or of the program runs: modules are there if the program has imported them.
"""
