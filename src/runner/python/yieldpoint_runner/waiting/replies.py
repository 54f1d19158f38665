"""What tasks are given when they are resumed the next time: a value, or an error that is raised in them. None needs no entry."""


class Replies:
    """Both are by task."""

    def __init__(self):
        self.values = {}
        self.errors = {}

    def give(self, task, value):
        if value is not None:
            self.values[task] = value

    def fail(self, task, error):
        self.errors[task] = error
