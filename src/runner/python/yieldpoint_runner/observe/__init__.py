"""A program that runs unmodified and resumes its own tasks, while each of their steps is recorded."""
