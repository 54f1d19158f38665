"""What trio tells of its tasks, as its code yields: what they wait for, and which of them holds a lock."""
from _thread import _local
from types import CoroutineType

from ...source.points import variable_of
from ...source.suspension import frame_of
from ...values.objects import attributes
from ...values.preview import preview
from ...waiting.request import ACQUIRE, ALL, EVENT, JOIN, PUT, SLEEP, TAKE
from .aims import SOMETHING, Wanted
from .reading import KnownCode, names_of

"""By module and function: the operation, and what a resource is called that has no name. Those who wait for a nursery wait for its tasks."""
_CODES = {
    "_sync": {
        "Event.wait": (EVENT, "event"),
        "Lock.acquire": (ACQUIRE, "lock"),
        "Semaphore.acquire": (ACQUIRE, "semaphore"),
        "CapacityLimiter.acquire_on_behalf_of": (ACQUIRE, "limiter"),
        "Condition.wait": (EVENT, "condition"),
    },
    "_channel": {"MemorySendChannel.send": (PUT, "channel"), "MemoryReceiveChannel.receive": (TAKE, "channel")},
    "_timeouts": {"sleep": (SLEEP, None)},
    "_run": {"Nursery._nested_child_finished": (ALL, None)},
}
_LONGEST = 60
_MOST_SECONDS = 1e12


class Trio:
    acts_late = False

    def __init__(self, now):
        self._now = now
        self.does = KnownCode(_CODES, {"trio": "trio.", "_core": "trio._core."}).does

    def yields(self, task, frame, value):
        """A coroutine of the library yields a value, to which the task delegates in its slice."""
        if task.awaited is None or task.awaited[0] is not value:
            task.awaited = value, self._aimed(frame) or SOMETHING

    def wanted(self, task, value):
        """What a task wants that has yielded a value."""
        known, wanted = task.awaited or (None, None)
        return wanted if known is value else SOMETHING

    def awaited_in(self, value):
        """The object by which `is_done` tells whether a wait is over."""
        return value

    def is_done(self, _value):
        """Whether a wait is over. That a task will be resumed is not told."""
        return False

    def slept(self, _value):
        """Trio has no clock of a simulation."""
        return None

    def time_of(self, _value):
        """Trio has no clock of a simulation."""
        return None

    def touched(self, _value):
        """What may have changed hands is only what a task waits for or holds."""
        return ()

    def holders_of(self, resource, tasks):
        """The number of the task that holds a lock; None for other resources, which do not tell."""
        found = dict(attributes(resource))
        if "_owner" not in found:
            return None
        coroutine = self.coroutine_of(found["_owner"])
        frame = None if coroutine is None else frame_of(coroutine)
        task = None if frame is None else tasks.of(frame)
        return [] if task is None else [task.number]

    def text_of(self, value):
        """The text of a yielded value."""
        return preview(value)

    def info_of(self, awaited, noun):
        """The given name of a resource, and its size."""
        size = dict(attributes(awaited)).get("max_buffer_size") if noun == "channel" else int(noun == "lock") or None
        return None, size if type(size) is int else None

    def coroutine_of(self, task):
        """The coroutine that a task of trio runs."""
        coroutine = dict(attributes(task)).get("coro")
        return coroutine if type(coroutine) is CoroutineType else None

    def name_of(self, task):
        """The name that the program gave a task of trio, or None if it has that of its function."""
        coroutine, name = self.coroutine_of(task), dict(attributes(task)).get("name")
        is_given = coroutine is not None and type(name) is str and name.isprintable() and not name.endswith("." + coroutine.__qualname__)
        return name[:_LONGEST].strip() or None if is_given else None

    def given_name(self, frame):
        """The name of the task of trio whose coroutine runs in a frame."""
        context = names_of("trio._core._run").get("GLOBAL_RUN_CONTEXT")
        if not issubclass(type(context), _local):
            return None
        try:
            task = _local.__getattribute__(context, "task")
        except AttributeError:
            return None
        coroutine = self.coroutine_of(task)
        return self.name_of(task) if coroutine is not None and frame_of(coroutine) is frame else None

    def _aimed(self, frame):
        operation, noun = self.does(frame.f_code)
        if operation == SLEEP:
            seconds = variable_of(frame, "seconds")
            is_time = type(seconds) in (int, float) and 0 < seconds < _MOST_SECONDS
            return Wanted(((SLEEP, self._now() + 1000 * seconds, None),)) if is_time else None
        awaited = variable_of(frame, "self")
        if operation == ALL:
            children = dict(attributes(awaited)).get("_children")
            ends = sorted(children, key=_order_of) if type(children) is set else []
            return Wanted(tuple((JOIN, each, None) for each in ends), ALL) if ends else None
        # Both ends of a channel refer to what is between them.
        return Wanted(((operation, dict(attributes(awaited)).get("_state") if noun == "channel" else awaited, noun),))


def _order_of(task):
    counter = dict(attributes(task)).get("_counter")
    return counter if type(counter) is int else 0
