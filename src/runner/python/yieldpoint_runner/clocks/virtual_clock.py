"""
The virtual time of one instance of the user's program. Each step moves it by a fixed amount. It is moved ahead when no task is ready, and
when a slice sleeps. Nothing else moves it, so a repeated run takes the same time.
"""
from _random import Random

from .uuids import Uuids

"""The date at the start of a run, in seconds since 1970: the first moment of the year 2000, UTC."""
EPOCH = 946_684_800


class VirtualClock:
    """
    `moved` is called when a slice has moved the clock, with the time after the running step. `is_used` says whether anything but the steps
    has changed the clock, or drawn from its random numbers.
    """

    def __init__(self, step, seed, recorder, moved):
        """
        :param step: by how many milliseconds a step moves the clock
        :param recorder: knows how many steps were made
        """
        self._step = step
        self._recorder = recorder
        self._moved = moved
        self._seed = seed
        self.rewind()

    def rewind(self):
        """The run begins again."""
        self.is_used = False
        self._ahead = 0.0
        self._bytes = self._seeds = self._uuids = None

    def at(self, _real=0.0):
        """Milliseconds since the run began."""
        return self._ahead + self._recorder.steps * self._step

    def has_come(self, time, _real, steps):
        """Whether it is that time, in milliseconds, after so many steps. Asked in each step while a task sleeps."""
        return time <= self._ahead + steps * self._step

    def move_to(self, time):
        """Moves the clock to a later time."""
        self.is_used = True
        self._ahead += max(0.0, time - self.at())
        # The sum may have been rounded down, in which case nothing would be due.
        while self.at() < time:
            self._ahead += 2.0**-52 * time

    def sleep(self, millis):
        """Moves the clock because a slice sleeps, which blocks all tasks."""
        self.is_used = True
        self._ahead += millis
        self._moved(self.at())

    def bytes(self, count):
        """Random bytes, in place of the system's."""
        self.is_used = True
        if self._bytes is None:
            self._bytes = Random(self._seed)
        return self._bytes.getrandbits(8 * count).to_bytes(count, "little") if count > 0 else b""

    def seed(self):
        """A seed for the next generator that is created without one. The first is for the module `random`."""
        self.is_used = True
        if self._seeds is None:
            self._seeds = Random(self._seed + 2**32)
        return self._seeds.getrandbits(64)

    def uuid(self, node):
        """The bytes of a UUID of version 1. `node` is the address of the machine, or a random one."""
        if self._uuids is None:
            self._uuids = Uuids(EPOCH, self.bytes(8))
        return self._uuids.next(self.at(), node)
