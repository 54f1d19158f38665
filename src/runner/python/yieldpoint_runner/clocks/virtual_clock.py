"""
Virtual time of one instance of the user's program. It moves with the steps, by a set amount each, and is moved ahead when nobody is
ready. Nothing else moves it, so a run takes the same time whenever it is repeated.
"""
from _random import Random

"""What dates show when the run begins, in seconds: the first moment of the year 2000, UTC."""
EPOCH = 946_684_800


class VirtualClock:
    """`moved` is called with the time after the step that runs, when a slice has moved the clock."""

    def __init__(self, step, seed, recorder, moved):
        """
        :param step: by how many milliseconds a step moves the clock
        :param recorder: knows how many steps were made
        """
        self._step = step
        self._recorder = recorder
        self._moved = moved
        self._ahead = 0.0
        self._bytes = Random(seed)
        self._seeds = Random(seed + 2**32)

    def at(self, _real=0.0):
        """Milliseconds since the run began."""
        return self._ahead + self._recorder.steps * self._step

    def move_to(self, time):
        """Moves the clock to a later time."""
        self._ahead += max(0.0, time - self.at())
        # The sum may have been rounded down.
        while self.at() < time:
            self._ahead += 2.0**-52 * time

    def sleep(self, millis):
        """A slice blocks everybody for a while."""
        self._ahead += millis
        self._moved(self.at())

    def bytes(self, count):
        """Random bytes, in place of those of the system."""
        return self._bytes.getrandbits(8 * count).to_bytes(count, "little") if count > 0 else b""

    def seed(self):
        """For the next generator that is given none. The first is that of the module `random`."""
        return self._seeds.getrandbits(64)
