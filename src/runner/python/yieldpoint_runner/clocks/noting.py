"""Notes calls of the interpreter's clocks and random numbers, whose results are not repeatable. Only replays need this."""
import _datetime
import _random
import os
import sys
import time
from functools import wraps

from ..values.objects import instance_dict
from .uuids import replace_generator

_CLOCKS = ("time", "monotonic", "perf_counter", "process_time", "thread_time")
"""Functions of `time` that show the present unless they are given a time, and where in their arguments."""
_DATED = {"localtime": 0, "gmtime": 0, "ctime": 0, "asctime": 0, "strftime": 1}
_DRAWS = ("random", "getrandbits")


def module_random():
    """The module `random` of the standard library if it was imported already, or None."""
    module = sys.modules.get("random")
    generator = instance_dict(module).get("_inst") if module is not None else None
    return module if isinstance(generator, _random.Random) else None


class Noting:
    """
    `note` is called before each call, with the name of the function. The results of a generator that was given a seed are repeatable;
    `_unseeded` has the ids of the other generators.
    """

    def __init__(self, patches, blocking, note):
        self._patches = patches
        self._blocking = blocking
        self._note = note
        self._unseeded = set()
        for name in _CLOCKS + tuple(clock + "_ns" for clock in _CLOCKS):
            plain = getattr(time, name, None)
            if plain is not None:
                patches.put(time, name, self._noted_clock(plain, "time.%s()" % name))
        for module, names in ((time, ("clock_gettime", "clock_gettime_ns")), (os, ("times", "urandom", "getrandom"))):
            for name in names:
                plain = getattr(module, name, None)
                if plain is not None:
                    patches.put(module, name, self._noted(plain, "%s.%s()" % (module.__name__, name)))
        for name, place in _DATED.items():
            patches.put(time, name, self._noted_without(place, getattr(time, name), "time.%s()" % name))
        for name in ("now", "utcnow"):
            patches.put(_datetime.datetime, name, self._noted_date(_datetime.datetime.__dict__[name], "datetime.%s()" % name))
        self._note_generators()
        replace_generator(patches, lambda plain: self._noted(plain, "uuid.uuid1()"))

    def _noted(self, plain, call):
        @wraps(plain)
        def noted(*given, **named):
            self._note(call)
            return plain(*given, **named)

        return noted

    def _noted_without(self, place, plain, call):
        """Notes only calls without a time: a time that is given is repeatable."""

        @wraps(plain)
        def noted(*given):
            if len(given) <= place or given[place] is None:
                self._note(call)
            return plain(*given)

        return noted

    def _noted_clock(self, plain, call):
        """Does not note calls by modules that block in real time: the program does not see what they read."""

        @wraps(plain)
        def noted():
            caller = sys._getframe(1).f_globals.get("__name__")
            if type(caller) is not str or caller.partition(".")[0] not in self._blocking:
                self._note(call)
            return plain()

        return noted

    def _noted_date(self, plain, call):
        def noted(cls, *given, **named):
            self._note(call)
            return plain.__get__(None, cls)(*given, **named)

        return classmethod(noted)

    def _note_generators(self):
        base = _random.Random
        seed, set_state = base.__dict__["seed"], base.__dict__["setstate"]

        def noted_seed(generator, given=None):
            (self._unseeded.add if given is None else self._unseeded.discard)(id(generator))
            return seed(generator, given)

        def noted_state(generator, state):
            self._unseeded.discard(id(generator))
            return set_state(generator, state)

        self._patches.put(base, "seed", noted_seed)
        self._patches.put(base, "setstate", noted_state)
        for name in _DRAWS:
            self._patches.put(base, name, self._noted_draw(base.__dict__[name]))
        module = module_random()
        if module is not None:
            # The module's functions are methods of a generator that was created before the replacement.
            self._unseeded.add(id(module._inst))
            for name in _DRAWS:
                self._patches.put(module, name, getattr(module._inst, name))

    def _noted_draw(self, plain):
        def draw(generator, *given):
            if id(generator) in self._unseeded:
                self._note("the module random")
            return plain(generator, *given)

        return draw
