"""
A channel: values go from senders to receivers, in order. Its capacity is 0 for a rendezvous, and unlimited if it is unbounded. A task
that finds neither a partner nor free capacity waits.
"""
from collections import deque

from .waiter import WaitQueue


class Channel:
    kind = "channel"

    def __init__(self, serving, name, capacity, closed):
        """
        :param capacity: how many values it can buffer; infinity if unbounded
        :param closed: the result of a take once the channel is closed and empty
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

    @property
    def values(self):
        """The buffered values, the next one to be taken first."""
        return tuple(self._values)

    def put(self, value):
        """Hands a value to a waiting taker, or buffers it. The channel must be open. Gives False if there is neither taker nor capacity."""
        taker = self.takers.head
        if taker is not None:
            self._serving.served(taker, value)
        elif len(self._values) < self.capacity:
            self._values.append(value)
        else:
            return False
        return True

    def take(self):
        """Takes the first value into `taken`, or `closed` if the channel is closed and empty. Gives False if the task has to wait."""
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
        """Puts a taken value back at the front."""
        if value is self.closed:
            return
        taker = self.takers.head
        if taker is not None:
            self._serving.served(taker, value)
        else:
            self._values.appendleft(value)

    def close(self, error):
        """Waiting takers get `closed`. Waiting putters fail, and their values are dropped."""
        self.is_closed = True
        while self.takers.head is not None:
            self._serving.served(self.takers.head, self.closed)
        while self.putters.head is not None:
            self._serving.failed(self.putters.head, error())

    def _fill_places(self):
        while self.putters.head is not None and len(self._values) < self.capacity:
            self._values.append(self._value_of(self.putters.head))

    def _value_of(self, putter):
        """Serves a putter, and gives the value that it puts."""
        value = putter.value
        self._serving.served(putter, None)
        return value
