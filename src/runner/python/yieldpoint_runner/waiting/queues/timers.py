"""Sleepers: the earliest first, and of those due at the same time the one who went to sleep first."""
from heapq import heapify, heappop, heappush
from math import inf


class Timers:
    """
    `heap` has a sleeper as when it is due, its number in the order of going to sleep, and the waiter; the first one at its head. Others that
    were withdrawn stay in it until they are due, or are more than the rest.
    """

    def __init__(self):
        self.heap = []
        self._withdrawn = 0
        self._order = 0

    @property
    def next_due(self):
        """When the next sleeper is due; infinity when there is none."""
        return self.heap[0][0] if self.heap else inf

    def add(self, waiter, due):
        self._order += 1
        waiter.queue = self
        heappush(self.heap, (due, self._order, waiter))

    def take(self):
        """The sleeper that is due first, which is no longer in it."""
        waiter = heappop(self.heap)[2]
        waiter.queue = None
        if self._withdrawn:
            self._tidy()
        return waiter

    def remove(self, waiter):
        waiter.queue = None
        self._withdrawn += 1
        if 2 * self._withdrawn > len(self.heap) > 16:
            self.heap[:] = [each for each in self.heap if each[2].queue is not None]
            heapify(self.heap)
            self._withdrawn = 0
        self._tidy()

    def _tidy(self):
        """Nobody who was withdrawn is at the head."""
        while self.heap and self.heap[0][2].queue is None:
            heappop(self.heap)
            self._withdrawn -= 1
