"""What asyncio tells of its tasks, as its code runs: what they wait for and until when, and which of them hold its locks."""
from time import monotonic
from weakref import ref

from ...source.points import variable_of
from ...source.suspension import frame_of
from ...values.objects import weakly
from ...values.preview import preview
from ...waiting.request import ACQUIRE, ALL, ANY, JOIN, SLEEP
from .aims import SOMETHING, Wanted
from .asyncio_tasks import coroutine_of, is_done, name_of, show_quickly
from .asyncio_waits import CODES, GIVES, HANDS_ON, LIMITS, TAKES, UNLIMITS, gathered, group_of, is_by_another, seconds_of, size_of
from .reading import KnownCode, own


class Asyncio:
    """`_acting` are the tasks for which coroutines of the library take locks in tasks of their own, by the ids of the coroutines' frames."""

    def __init__(self, now, resources, holders):
        self.does = KnownCode(CODES, {"asyncio": "asyncio."}).does
        self._now = now
        self._resources = resources
        self._holders = holders
        self._acting = {}
        self._is_met = False

    acts_late = False
    coroutine_of = staticmethod(coroutine_of)
    name_of = staticmethod(name_of)
    is_done = staticmethod(is_done)

    def tells_at_its_begin(self, code):
        """Whether it matters that code of the library begins."""
        does = self.does(code)
        return does is not None and does[2] in (GIVES, UNLIMITS)

    def tells_at_its_end(self, code):
        """Whether it matters what code of the library returns."""
        does = self.does(code)
        return does is not None and does[2] in (TAKES, LIMITS)

    def begins(self, task, frame):
        """Code of the library begins, within the slice of a task or outside of all."""
        _, noun, act = self.does(frame.f_code)
        if act == GIVES:
            self._gives(task, variable_of(frame, "self"), noun, frame)
        elif act == UNLIMITS and task is not None:
            ended = variable_of(frame, "self")
            task.limits = [limit for limit in task.limits if limit() is not ended]

    def returns(self, task, frame, value):
        """Code of the library returns."""
        _, noun, act = self.does(frame.f_code)
        if act == TAKES and value is True:
            self._takes(task or self._acting_for(frame), variable_of(frame, "self"), noun, frame)
        elif act == LIMITS and task is not None:
            task.limits = [*task.limits, weakly(value)]

    def yields(self, task, frame, future):
        """A coroutine of the library yields a future, to which the task delegates in its slice."""
        operation, noun, act = self.does(frame.f_code)
        known = task.awaited
        if known is not None and known[0] is future and not is_by_another(noun):
            return
        if act == HANDS_ON:
            task.awaited = future, self._handed_on(task, frame)
        elif operation is not None:
            task.awaited = future, self._aimed(operation, noun, frame) or SOMETHING

    def wanted(self, task, future):
        """What a task wants that has yielded a future."""
        if not self._is_met:
            self._is_met = True
            show_quickly()
        known, wanted = task.awaited or (None, None)
        if known is not future:
            futures = gathered(future)
            wanted = _ends(ALL, [future] if futures is None else futures)
        return self._within(task.limits, wanted) if task.limits else wanted

    def awaited_in(self, future):
        """The object by which `is_done` tells whether a wait is over."""
        return future

    def slept(self, _future):
        """For a value that only waits for a time of a simulation: its text, the time, when it is due, and the object of `awaited_in`."""
        return None

    def touched(self, _future):
        """What may have changed hands in the slice that has yielded a value. Of asyncio, it is told as it happens."""
        return ()

    def holders_of(self, _resource, _tasks):
        """The numbers of the tasks that hold a resource; None if that is told as it happens."""
        return None

    def time_of(self, _future):
        """What the clock of a simulation shows, or None."""
        return None

    def text_of(self, future):
        """The text of a yielded value."""
        return preview(future)

    def info_of(self, awaited, noun):
        """The given name of a resource, and its size."""
        return None, size_of(awaited, noun)

    def _aimed(self, operation, noun, frame):
        """What a coroutine wants that runs in a frame; None if it cannot be told."""
        if operation == SLEEP:
            seconds = seconds_of(frame, "delay")
            return None if seconds is None else Wanted((self._until(seconds),))
        if operation >= ANY:
            how, futures, seconds = group_of(operation, frame) or (None, None, None)
            if futures is None:
                return None
            ends = _ends(how, futures)
            return ends if seconds is None else Wanted((*ends.aims, self._until(seconds)), ANY)
        return Wanted(((operation, variable_of(frame, "self"), noun),))

    def _handed_on(self, task, frame):
        """What a task wants that waits with a time limit, before Python 3.12: for a task of its own that runs what it has been given."""
        inner, seconds = variable_of(frame, "fut"), seconds_of(frame, "timeout")
        coroutine = coroutine_of(inner)
        within = None if coroutine is None else frame_of(coroutine)
        operation, noun, act = within is not None and self.does(within.f_code) or (None, None, None)
        wanted = None if operation is None else self._aimed(operation, noun, within)
        if act == TAKES:
            self._acting[id(within)] = ref(coroutine), task
        aims = _ends(ALL, [inner]).aims if wanted is None or wanted.how == ALL else wanted.aims
        return Wanted(aims if seconds is None else (*aims, self._until(seconds)), ANY)

    def _acting_for(self, frame):
        coroutine, task = self._acting.pop(id(frame), (None, None))
        known = None if coroutine is None else coroutine()
        return task if known is not None and frame_of(known) is frame else None

    def _within(self, limits, wanted):
        """The same with the first of some time limits. For all of several things but not longer cannot be said."""
        times = [own(limit()).get("_when") for limit in limits]
        until = min((time for time in times if type(time) in (int, float)), default=None)
        if until is None or wanted.how == ALL:
            return wanted
        return Wanted((*wanted.aims, self._until(until - monotonic())), ANY)

    def _until(self, seconds):
        return SLEEP, self._now() + 1000 * seconds, None

    def _takes(self, task, lock, noun, frame):
        number = self._resources.number((ACQUIRE, lock, noun), self, frame, int(noun == "semaphore"))
        if task is not None and number is not None:
            self._holders.take(task, number)

    def _gives(self, task, lock, noun, frame):
        # A lock that nobody has acquired cannot be released.
        if noun == "lock" and own(lock).get("_locked") is not True:
            return
        number = self._resources.number((ACQUIRE, lock, noun), self, frame)
        if number is not None:
            self._holders.give(task, number)


def _ends(how, futures):
    """The ends of the futures that are not done."""
    left = [future for future in futures if not is_done(future)]
    return Wanted(tuple((JOIN, future, None) for future in left), how) if left else SOMETHING
