"""What the engine needs from its runner: the language's values, the clock, and the tasks' names."""


class Host:
    """`closed` is the result of taking from a closed and empty channel."""

    closed = None

    def now(self):
        """The time in milliseconds, real or virtual."""
        raise NotImplementedError

    def error(self, kind, message):
        """Makes the error that is raised in a task."""
        raise NotImplementedError

    def name_of(self, task):
        raise NotImplementedError

    def show(self, value):
        """A value as it appears in a message."""
        raise NotImplementedError

    def spawn(self, parent, body):
        """
        Makes a task from a generator that a task has spawned, and announces it. Gives its number, and the handle that the parent gets.

        :raises Exception: the error that is raised in the parent
        """
        raise NotImplementedError
