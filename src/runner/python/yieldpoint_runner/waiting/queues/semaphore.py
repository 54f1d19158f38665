"""A number of permits. Anybody may release one, so there may be more of them than in the beginning."""
from .waiter import WaitQueue


class Semaphore:
    kind = "semaphore"

    def __init__(self, serving, name, held, permits):
        """
        :param held: what a task gets that acquires a permit
        :param permits: how many are free
        """
        self._serving = serving
        self.name = name
        self.held = held
        self.permits = permits
        self.queue = WaitQueue()

    def acquire(self, _task):
        """Takes a permit if one is free."""
        if self.permits == 0:
            return False
        self.permits -= 1
        return True

    def release(self):
        """Hands a permit to the first who waits for one."""
        first = self.queue.head
        if first is None:
            self.permits += 1
        else:
            self._serving.served(first, self.held)
