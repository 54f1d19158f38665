"""
A lock that one task holds. Releasing it hands it to the first task in the queue, so no other task can take it in between. Only the holder can
release a mutex; what is merely a lock, any task can.
"""
from .waiter import WaitQueue


class Mutex:
    def __init__(self, serving, name, held, kind="mutex"):
        """
        :param kind: `mutex` or `lock`
        :param held: the result of acquiring it
        """
        self._serving = serving
        self.kind = kind
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
