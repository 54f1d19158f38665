"""Switches the program between virtual time and the interpreter's own."""
import _datetime
import _random
import os
import sys
import time
import warnings
from functools import wraps
from operator import index

from .interpreter import Patches
from .noting import Noting, module_random
from .uuids import forget_uuids, replace_generator
from .virtual_clock import EPOCH

"""Modules whose waits take real time, and which therefore need the real monotonic clock."""
BLOCKING = {"asyncio", "concurrent", "multiprocessing", "queue", "selectors", "socketserver", "subprocess", "threading"}
_CLOCKS = ("monotonic", "perf_counter", "process_time", "thread_time")
"""The clocks of `clock_gettime` that show the date."""
_DATES = {getattr(time, name) for name in ("CLOCK_REALTIME", "CLOCK_TAI") if hasattr(time, name)}
_LONGEST_SLEEP = 1e9
_sleep = time.sleep


class ProgramClocks:
    """
    There is one for the process. `clock` is the virtual clock of the loaded instance; None if time is real. `blocking` are the modules whose
    waits take real time.
    """

    def __init__(self, control):
        self.clock = None
        self._control = control
        self._patches = Patches()
        self._is_virtual = False
        self.blocking = set(BLOCKING)

    def use(self, clock, note=None):
        """
        Makes the program use a clock from now on.

        :param clock: None for the interpreter's clocks
        :param note: with the interpreter's clocks, called before each call whose result is not repeatable
        """
        self.clock = clock
        if clock is None:
            self._patches.take_back()
            self._is_virtual = False
            if note is not None:
                Noting(self._patches, self.blocking, note)
            return
        if not self._is_virtual:
            self._is_virtual = True
            self._replace_clocks()
            self._replace_dates()
            self._replace_random()
            self._replace_uuids()
        _seed_module()
        forget_uuids()

    def _seconds(self):
        seconds = self.clock.at() / 1000
        self._control.raise_postponed()
        return seconds

    def _nanos(self):
        return round(self.clock.at() * 1e6)

    def _replace_clocks(self):
        for name in _CLOCKS:
            self._put_time(name, self._waiting_aware(name, self._seconds))
            self._put_time(name + "_ns", self._waiting_aware(name + "_ns", self._nanos))
        self._put_time("time", lambda: EPOCH + self._seconds())
        self._put_time("time_ns", lambda: EPOCH * 1_000_000_000 + self._nanos())
        gettime, gettime_ns = getattr(time, "clock_gettime", None), getattr(time, "clock_gettime_ns", None)
        self._put_time("clock_gettime", lambda clock: self._start_of(clock, gettime) + self._seconds())
        self._put_time("clock_gettime_ns", lambda clock: self._start_of(clock, gettime_ns) * 1_000_000_000 + self._nanos())
        self._put_time("sleep", lambda seconds: self._sleep(seconds))
        for name in ("localtime", "gmtime", "ctime"):
            self._put_time(name, self._of_now(getattr(time, name)))
        asctime, strftime, localtime = time.asctime, time.strftime, time.localtime
        self._put_time("asctime", lambda given=None: asctime(localtime() if given is None else given))
        self._put_time("strftime", lambda form, given=None: strftime(form, localtime() if given is None else given))
        times = os.times
        self._patches.put(os, "times", wraps(times)(lambda: self._times(times())))

    def _times(self, plain):
        """Like `process_time`, but the children's times stay."""
        seconds = self._seconds()
        return type(plain)((seconds, 0.0, plain[2], plain[3], seconds))

    @staticmethod
    def _start_of(clock, plain):
        """What a clock of `clock_gettime` shows when the run begins, in seconds. `plain` raises if there is no such clock."""
        plain(clock)
        return EPOCH if clock in _DATES else 0

    def _put_time(self, name, function):
        plain = getattr(time, name, None)
        if plain is not None:
            self._patches.put(time, name, wraps(plain)(function))

    def _waiting_aware(self, name, virtual):
        plain = getattr(time, name, None)

        def read():
            caller = sys._getframe(1).f_globals.get("__name__")
            return plain() if type(caller) is str and caller.partition(".")[0] in self.blocking else virtual()

        return read

    def _of_now(self, plain):
        return lambda seconds=None: plain(EPOCH + self._seconds() if seconds is None else seconds)

    def _sleep(self, seconds):
        """Moves virtual time at once, since a sleep blocks all tasks. Threads other than the main one really sleep."""
        try:
            given = float(seconds) if isinstance(seconds, float) else index(seconds)
        except TypeError:
            given = -1
        if not self._control.is_alone() or not 0 <= given <= _LONGEST_SLEEP:
            _sleep(seconds)
            return
        self.clock.sleep(1000.0 * given)
        self._control.raise_postponed()

    def _replace_dates(self):
        utc = _datetime.timezone.utc

        def now(cls, tz=None):
            return cls.fromtimestamp(EPOCH + self._seconds(), tz)

        def utcnow(cls):
            if sys.version_info >= (3, 12):
                warnings.warn(_DEPRECATED, DeprecationWarning, 2)
            return cls.fromtimestamp(EPOCH + self._seconds(), utc).replace(tzinfo=None)

        def today(cls):
            return cls.fromtimestamp(EPOCH + self._seconds())

        self._patches.put(_datetime.datetime, "now", classmethod(now))
        self._patches.put(_datetime.datetime, "utcnow", classmethod(utcnow))
        self._patches.put(_datetime.date, "today", classmethod(today))

    def _replace_random(self):
        plain = _random.Random.seed

        def seed(self_, given=None):
            return plain(self_, self.clock.seed() if given is None else given)

        def urandom(size):
            return self.clock.bytes(len(plain_urandom(size)))

        def getrandom(size, flags=0):
            return urandom(size)

        plain_urandom = os.urandom
        self._patches.put(_random.Random, "seed", seed)
        self._patches.put(os, "urandom", urandom)
        self._patches.put(os, "getrandom", getrandom)
        module = module_random()
        if module is not None:
            self._patches.put(module, "_urandom", urandom)

    def _replace_uuids(self):
        def replaced(plain):
            def generate_time_safe():
                made, safe = plain()
                return self.clock.uuid(made[10:]), safe

            return generate_time_safe

        replace_generator(self._patches, replaced)


_DEPRECATED = (
    "datetime.datetime.utcnow() is deprecated and scheduled for removal in a future version. "
    "Use timezone-aware objects to represent datetimes in UTC: datetime.datetime.now(datetime.UTC)."
)


def _seed_module():
    """Seeds the generator behind the functions of `random` if that was imported already. A later import creates it with a virtual seed."""
    module = module_random()
    if module is not None:
        module._inst.seed()
