"""What each task receives when it is next resumed: a value, or an error that is raised in it. None needs no entry."""


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

    def drop(self, task):
        """Removes what the task would have received. Gives its value."""
        self.errors.pop(task, None)
        return self.values.pop(task, None)
