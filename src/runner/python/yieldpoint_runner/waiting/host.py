"""What the engine needs of the runner around it: how values look in the language, the clock, the tasks' names."""


class Host:
    """`closed` is what taking from a closed and empty channel gives."""

    closed = None

    def now(self):
        """The time in milliseconds, real or virtual."""
        raise NotImplementedError

    def error(self, kind, message):
        """The error that is raised in a task."""
        raise NotImplementedError

    def name_of(self, task):
        raise NotImplementedError

    def show(self, value):
        """A value in a message."""
        raise NotImplementedError

    def spawn(self, parent, body):
        """
        Makes a task of a generator that a task has spawned, and announces it. Gives its number, and the handle that the task gets.

        :raises Exception: the error that is raised in the task
        """
        raise NotImplementedError
