"""
Requests: what a generator yields, or a coroutine awaits, in order to wait. If the program runs under a scheduler, this module connects to
it, and the scheduler serves the requests. Otherwise requests can still be made, but nothing serves them.
"""
import sys
from time import perf_counter

# `any` and `all` would hide the built-in functions.
__all__ = [
    "Channel",
    "ClosedError",
    "Event",
    "Held",
    "Mutex",
    "Request",
    "RequestError",
    "Semaphore",
    "Task",
    "channel",
    "closed",
    "event",
    "hand_over",
    "join",
    "mutex",
    "now",
    "semaphore",
    "sleep",
    "spawn",
]

_ACQUIRE, _PUT, _TAKE, _EVENT, _JOIN, _SLEEP, _PROMISE, _ANY, _ALL, _SPAWN, _HAND_OVER = range(11)


class RequestError(Exception):
    """An invalid request, such as releasing a lock that the task does not hold."""


class ClosedError(Exception):
    """A value was put into a closed channel."""


class _Closed:
    __slots__ = ()

    def __repr__(self):
        return "closed"


closed = _Closed()


class Request:
    """Describes what to wait for. Can be yielded or awaited once."""

    __slots__ = ("operation", "object", "value", "parts", "owner")
    __cotasks_request__ = True

    def __init__(self, operation, object, value, parts, owner):
        self.operation = operation
        self.object = object
        self.value = value
        self.parts = parts
        self.owner = owner

    def __await__(self):
        return _Awaiting(self)

    def __class_getitem__(cls, _result):
        return cls


class _Awaiting:
    """Yields the request to the scheduler and passes its result to the coroutine. Unlike a generator, it adds no frame to the stack."""

    __slots__ = ("_request",)

    def __init__(self, request):
        self._request = request

    def __iter__(self):
        return self

    def __next__(self):
        return self.send(None)

    def send(self, value):
        request, self._request = self._request, None
        if request is None:
            raise StopIteration(value)
        return request


class _Alone:
    """Takes the place of the scheduler if there is none. Keeps what was made, for the replay that serves it, if one is going on."""

    def __init__(self):
        self.owner = self
        self.resources = []
        self.replay = None

    def create(self, kind, held, count, name):
        if self.replay is not None:
            self.replay.create(kind, held, count, name)
        self.resources.append((kind, held, count, name))
        return len(self.resources)

    def part(self, given):
        return given

    def call(self, _owner, what, number):
        if self.replay is None:
            raise RequestError("%s was called without a scheduler that serves it. Run the program under Yieldpoint." % what)
        self.replay.call(what, number)

    def now(self):
        return perf_counter() if self.replay is None else self.replay.now() / 1000


class Task:
    """A task that was spawned."""

    __slots__ = ("name", "_number", "_owner")

    def __init__(self, number, name, owner):
        self.name = name
        self._number = number
        self._owner = owner

    def __repr__(self):
        return "<Task %s>" % self.name


_scheduler = sys.modules.get("_cotasks_host") or _Alone()
if not isinstance(_scheduler, _Alone):
    _scheduler.attach(Request, RequestError, ClosedError, closed, Task)


class _Resource:
    __slots__ = ("_owner", "_number")

    def __init__(self, kind, held, count, name):
        self._owner = _scheduler.owner
        self._number = _scheduler.create(kind, held, count, None if name is None else str(name))


class Held:
    """A lock or a permit that is held. As a context manager, it releases it on exit."""

    __slots__ = ("_lock",)

    def __init__(self, lock):
        self._lock = lock

    def release(self):
        self._lock.release()

    def __enter__(self):
        return self

    def __exit__(self, *_error):
        self._lock.release()


class _Lock(_Resource):
    __slots__ = ()

    def __init__(self, kind, permits, name):
        super().__init__(kind, Held(self), permits, name)

    def acquire(self):
        return Request(_ACQUIRE, self._number, None, None, self._owner)

    def release(self):
        _scheduler.call(self._owner, "release", self._number)

    def hold(self, body):
        yield self.acquire()
        try:
            return (yield from (body() if callable(body) else body))
        finally:
            self.release()


class Mutex(_Lock):
    """A lock that one task holds."""

    __slots__ = ()


class Semaphore(_Lock):
    """A number of permits."""

    __slots__ = ()


class Channel(_Resource):
    """A queue of values from task to task."""

    __slots__ = ()

    def put(self, value):
        return Request(_PUT, self._number, value, None, self._owner)

    def take(self):
        return Request(_TAKE, self._number, None, None, self._owner)

    def close(self):
        _scheduler.call(self._owner, "close", self._number)


class Event(_Resource):
    """A flag that tasks wait for."""

    __slots__ = ()

    def wait(self):
        return Request(_EVENT, self._number, None, None, self._owner)

    def set(self):
        _scheduler.call(self._owner, "set", self._number)

    def clear(self):
        _scheduler.call(self._owner, "clear", self._number)


def mutex(name=None):
    return Mutex("mutex", None, name)


def semaphore(permits, name=None):
    return Semaphore("semaphore", permits, name)


def channel(capacity=None, name=None):
    return Channel("channel", None, capacity, name)


def event(name=None):
    return Event("event", None, None, name)


def sleep(seconds):
    return Request(_SLEEP, seconds, None, None, _scheduler.owner)


def spawn(generator):
    return Request(_SPAWN, 0, generator, None, _scheduler.owner)


def join(task):
    return Request(_JOIN, _number_of(task), None, None, _scheduler.owner)


def hand_over(task):
    return Request(_HAND_OVER, _number_of(task), None, None, _scheduler.owner)


def any(*requests):
    return _combined(_ANY, requests)


def all(*requests):
    return _combined(_ALL, requests)


def now():
    return _scheduler.now()


def _combined(code, given):
    parts = given[0] if len(given) == 1 and isinstance(given[0], (list, tuple)) else given
    return Request(code, 0, None, tuple(map(_scheduler.part, parts)), _scheduler.owner)


def _number_of(task):
    """The number of a task; -1 if the value is not a task of this run."""
    return task._number if type(task) is Task and task._owner is _scheduler.owner else -1
