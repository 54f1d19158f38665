"""A flag that tasks wait for. While it is set, no task waits."""
from .waiter import WaitQueue


class WaitEvent:
    kind = "event"

    def __init__(self, serving, name):
        self._serving = serving
        self.name = name
        self.queue = WaitQueue()
        self.is_set = False

    def set(self):
        """Sets the flag and wakes all waiting tasks, in the order in which they began to wait."""
        self.is_set = True
        while self.queue.head is not None:
            self._serving.served(self.queue.head, None)

    def clear(self):
        self.is_set = False
