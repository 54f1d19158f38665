"""A number of permits. Any task may release one, so there can be more permits than at the start."""
from .waiter import WaitQueue


class Semaphore:
    kind = "semaphore"

    def __init__(self, serving, name, held, permits):
        """
        :param held: the result of acquiring a permit
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
        """Hands a permit to the first waiting task, if there is one."""
        first = self.queue.head
        if first is None:
            self.permits += 1
        else:
            self._serving.served(first, self.held)
