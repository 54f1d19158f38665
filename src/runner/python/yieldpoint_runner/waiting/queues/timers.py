"""Sleepers in a binary heap: earliest first, and in order of insertion for the same time."""
from heapq import heapify, heappop, heappush
from math import inf


class Timers:
    """
    An entry of `heap` is the due time, a sequence number and the waiter. The head is the first sleeper. Withdrawn sleepers elsewhere in the
    heap stay there until they reach the head or outnumber the others.
    """

    def __init__(self):
        self.heap = []
        self._withdrawn = 0
        self._order = 0

    @property
    def next_due(self):
        """When the next sleeper is due; infinity if there is none."""
        return self.heap[0][0] if self.heap else inf

    def in_order(self):
        """The sleepers in the order in which they are due, each after its due time."""
        return [(due, waiter) for due, _, waiter in sorted(self.heap, key=lambda entry: entry[:2]) if waiter.queue is not None]

    def add(self, waiter, due):
        self._order += 1
        waiter.queue = self
        heappush(self.heap, (due, self._order, waiter))

    def take(self):
        """Removes and gives the sleeper that is due first."""
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
        """Removes withdrawn sleepers so that none is at the head."""
        while self.heap and self.heap[0][2].queue is None:
            heappop(self.heap)
            self._withdrawn -= 1
