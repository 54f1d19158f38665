"""
A channel: values go from those who put to those who take, in order. It has places for so many values: none for a rendezvous, any
number when it is unbounded. Who finds no partner and no place waits.
"""
from collections import deque

from .waiter import WaitQueue


class Channel:
    kind = "channel"

    def __init__(self, serving, name, capacity, closed):
        """
        :param capacity: how many values have a place; infinity when unbounded
        :param closed: what a take gives once the channel is closed and empty
        """
        self._serving = serving
        self.name = name
        self.capacity = capacity
        self.closed = closed
        self.putters = WaitQueue()
        self.takers = WaitQueue()
        self._values = deque()
        self.is_closed = False
        self.taken = None

    def put(self, value):
        """Puts a value where somebody takes it now, or where there is a place. The channel must be open."""
        taker = self.takers.head
        if taker is not None:
            self._serving.served(taker, value)
        elif len(self._values) < self.capacity:
            self._values.append(value)
        else:
            return False
        return True

    def take(self):
        """Takes the first value, if there is one or none will ever come; it is in `taken`."""
        if self._values:
            self.taken = self._values.popleft()
            self._fill_places()
        elif self.putters.head is not None:
            self.taken = self._value_of(self.putters.head)
        elif self.is_closed:
            self.taken = self.closed
        else:
            return False
        return True

    def give_back(self, value):
        """Puts back a value that was taken, before all others."""
        if value is self.closed:
            return
        taker = self.takers.head
        if taker is not None:
            self._serving.served(taker, value)
        else:
            self._values.appendleft(value)

    def close(self, error):
        """Those who wait to take get `closed`; those who wait to put fail, and their values are in no one's hands."""
        self.is_closed = True
        while self.takers.head is not None:
            self._serving.served(self.takers.head, self.closed)
        while self.putters.head is not None:
            self._serving.failed(self.putters.head, error())

    def _fill_places(self):
        while self.putters.head is not None and len(self._values) < self.capacity:
            self._values.append(self._value_of(self.putters.head))

    def _value_of(self, putter):
        """The value of a putter, which is served."""
        value = putter.value
        self._serving.served(putter, None)
        return value
