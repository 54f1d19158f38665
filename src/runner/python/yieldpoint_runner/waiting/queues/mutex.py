"""A lock that one task holds. Releasing it hands it to the first task in the queue, so no other task can take it in between."""
from .waiter import WaitQueue


class Mutex:
    kind = "mutex"

    def __init__(self, serving, name, held):
        """
        :param held: the result of acquiring it
        """
        self._serving = serving
        self.name = name
        self.held = held
        self.holder = None
        self.queue = WaitQueue()

    def acquire(self, task):
        """Takes the lock if it is free."""
        if self.holder is not None:
            return False
        self.holder = task
        return True

    def release(self):
        """Hands the lock to the first waiting task, if there is one."""
        first = self.queue.head
        if first is None:
            self.holder = None
        else:
            self.holder = first.task
            self._serving.served(first, self.held)
