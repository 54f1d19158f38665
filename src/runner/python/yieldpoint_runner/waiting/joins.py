"""How tasks ended, and which tasks join them."""
from .queues.waiter import WaitQueue

"""The state of a task, as far as joining it is concerned."""
UNKNOWN, ALIVE, RETURNED, THREW, CLOSED = range(5)
STANDINGS = {"returned": RETURNED, "threw": THREW, "closed": CLOSED}


class Joins:
    def __init__(self):
        self._standing = {}
        self._values = {}
        self._queues = {}

    @property
    def tasks(self):
        """How many tasks are known."""
        return len(self._standing)

    def begin(self, task):
        """Registers a task."""
        self._standing.setdefault(task, ALIVE)

    def standing_of(self, task):
        return self._standing.get(task, UNKNOWN)

    def value_of(self, task):
        """What the task returned or raised."""
        return self._values[task]

    def queue_of(self, task):
        """The tasks that wait for the end of the task."""
        if task not in self._queues:
            self._queues[task] = WaitQueue()
        return self._queues[task]

    def end(self, task, how, value):
        """Gives the queue of the tasks that join it, or None."""
        self._standing[task] = how
        self._values[task] = value
        return self._queues.get(task)
