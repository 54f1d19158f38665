"""Records rows of the wait log, and packs them into the payload of a frame (src/protocol/waits.ts)."""
import sys
from array import array
from struct import Struct

from .rows import OUTSIDE

_HEADER = Struct("<dII")


class WaitRecorder:
    """
    The next rows belong to `step`: the running step, or between slices the last one. `entries` has the rows since the last `take_payload`,
    four numbers for each: with a tuple for each row, the garbage collector would have one more object per row to visit.
    """

    def __init__(self):
        self.step = 0
        self._outside = -1
        self.entries = []
        self._numbers = []

    def add(self, kind, task, object):
        """Appends a row to the current step."""
        self.entries += (self.step, object, task, kind)

    def mark_outside(self):
        """Records that the following rows happened after the slice of the current step."""
        if self._outside != self.step:
            self._outside = self.step
            self.add(OUTSIDE, 0, 0)

    def add_number(self, kind, task, number):
        """Appends a row that refers to a time in milliseconds."""
        self._numbers.append(number)
        self.entries += (self.step, len(self._numbers) - 1, task, kind)

    def take_payload(self):
        """Gives the rows recorded so far, packed, and starts over."""
        rows, self.entries = self.entries, []
        numbers, self._numbers = array("d", self._numbers), []
        steps, objects, tasks, kinds = (rows[column::4] for column in range(4))
        base = steps[0]
        columns = [array("I", map((-base).__add__, steps)), array("I", objects), array("H", tasks), array("B", kinds), numbers]
        if sys.byteorder == "big":
            for column in columns:
                column.byteswap()
        length = _HEADER.size + sum(len(column) * column.itemsize for column in columns[:-1])
        columns.insert(-1, bytes(-length % 8))
        return b"".join([_HEADER.pack(base, len(steps), len(numbers)), *columns])
