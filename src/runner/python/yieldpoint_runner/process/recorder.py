"""Records steps in columns and sends them as chunks (src/protocol/chunk.ts)."""
import sys
from array import array
from pickle import dumps
from struct import Struct, pack

from ..values.preview import preview

"""The number of steps in a chunk. Its columns then fit in the processor's cache, which saves a tenth of the time."""
MOST_STEPS = 8_192
EVENTS = {"yielded": 0, "returned": 1, "threw": 2, "closed": 3}
_HEADER = Struct("<dIIf")
_MICROS_IN_A_SECOND = 1e6


class Recorder:
    """
    The columns are lists that the loops append to. `points` lacks the first elements, which `send` receives as an argument. A value is
    an int or None as it is, or otherwise a preview. `send_waits` queues the effects of requests, which are sent before the steps. `began` is
    when the first step that is not sent began, set before tasks are resumed; it is sent if `tells_times` is set.
    """

    def __init__(self, wire, output, points):
        self._wire = wire
        self._output = output
        self._points = points
        self.send_waits = lambda: None
        self.began = 0.0
        self.tells_times = False
        self._sent = 0
        self.seconds, self.values, self.points = [], [], []
        self._ends = []
        self._left_out = 0, 0.0

    @property
    def steps(self):
        """The number of steps recorded since the beginning of the session."""
        return self._sent + len(self.values)

    @property
    def waiting(self):
        """The number of steps recorded but not sent."""
        return len(self.values)

    def end(self, event, value, seconds, point=0):
        """Records a step that may have ended its task."""
        self._ends.append((len(self.values), EVENTS[event]))
        self.seconds.append(seconds)
        self.values.append(preview(value))
        self.points.append(point)

    def leave_out(self, seconds):
        """The step in progress has waited for a person for so long, which is not part of its slice."""
        step, before = self._left_out
        now = self.steps + 1
        self._left_out = now, seconds + (before if step == now else 0.0)

    def send(self, tasks, points=array("H")):
        """
        Queues what was printed and recorded so far, after the yield points that it refers to.

        :param tasks: the tasks of the recorded steps, an array of uint16
        :param points: the yield points of the first of these steps, if they were not recorded, an array of uint16
        """
        self.send_output()
        if self.values:
            step, left_out = self._left_out
            at = step - self._sent - 1
            if 0 <= at < len(self.seconds):
                self.seconds[at] = max(0.0, self.seconds[at] - left_out)
            if self.tells_times:
                self._wire.say({"event": "clock", "began": self.began * _MICROS_IN_A_SECOND})
                self.began += sum(self.seconds)
            self._wire.steps(self._chunk(tasks, points + array("H", self.points)))
            with self._output.lock:
                self._sent += len(self.values)
                self._clear()

    def send_output(self):
        """Queues what was printed so far, the effects of requests, and new yield points."""
        self.send_waits()
        fresh = self._points.take_new()
        if fresh:
            self._wire.say({"event": "points", "points": fresh})
        self._output.send()

    def rewind(self):
        """Numbers steps from 1 again."""
        self._sent = 0
        self._left_out = 0, 0.0
        self._clear()

    def _clear(self):
        """Empties the lists in place: a loop that was interrupted by sending continues to append to them."""
        for column in (self.seconds, self.values, self.points, self._ends):
            column.clear()

    def _chunk(self, tasks, points):
        """Packs whole columns at once."""
        if sys.byteorder == "big":
            tasks.byteswap()
            points.byteswap()
        count = len(points)
        # Finding duplicate values here would take longer than the slices, so values are sent as they are (src/protocol/pickle.ts).
        values = dumps(self.values[:count], 4)
        events = bytearray(count)
        for at, event in self._ends:
            events[at] = event
        columns = [
            pack("<%df" % count, *self.seconds[:count]),
            tasks,
            bytes(2 * count),
            points,
            events,
        ]
        return b"".join([_HEADER.pack(self._sent + 1, count, len(values), _MICROS_IN_A_SECOND), *columns, values])
