"""What slices read and write: the user's files compiled a second time, with a call of the runner at everything that they touch."""
