"""Sleepers: the earliest first, and of those due at the same time the one who went to sleep first."""
from heapq import heapify, heappop, heappush
from math import inf


class Timers:
    """`heap` has the first one at its head. Others that were withdrawn stay in it until they are due, or are more than the rest."""

    def __init__(self):
        self.heap = []
        self._withdrawn = 0
        self._order = 0

    @property
    def next_due(self):
        """When the next sleeper is due; infinity when there is none."""
        return self.heap[0].due if self.heap else inf

    @property
    def first(self):
        """The sleeper that is due first, or None."""
        return self.heap[0] if self.heap else None

    def add(self, waiter, due):
        waiter.due = due
        self._order += 1
        waiter.order = self._order
        waiter.queue = self
        heappush(self.heap, waiter)

    def remove(self, waiter):
        waiter.queue = None
        self._withdrawn += 1
        if 2 * self._withdrawn > len(self.heap) > 16:
            self.heap[:] = [each for each in self.heap if each.queue is not None]
            heapify(self.heap)
            self._withdrawn = 0
        while self.heap and self.heap[0].queue is None:
            heappop(self.heap)
            self._withdrawn -= 1
