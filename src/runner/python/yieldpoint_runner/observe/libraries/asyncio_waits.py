"""What coroutines of asyncio wait for, told by their code and their variables."""
import sys

from ...source.points import variable_of
from ...values.objects import class_data
from ...waiting.request import ACQUIRE, ALL, ANY, EVENT, PUT, SLEEP, TAKE
from .asyncio_tasks import order_of
from .reading import names_of, own

"""What code of the library does beside waiting: it takes a lock, gives it back, begins or ends a time limit, or waits for a task of its own."""
TAKES, GIVES, LIMITS, UNLIMITS, HANDS_ON = range(5)

"""Before 3.12, it has a task of its own run what has a time limit."""
_BY_TASKS = {"wait_for": (None, None, HANDS_ON)} if sys.version_info < (3, 12) else {}
"""By module and function: the operation of a wait, what a resource is called that has no name, and what else the code does."""
CODES = {
    "locks": {
        "Lock.acquire": (ACQUIRE, "lock", TAKES),
        "Lock.release": (None, "lock", GIVES),
        "Semaphore.acquire": (ACQUIRE, "semaphore", TAKES),
        "Semaphore.release": (None, "semaphore", GIVES),
        "Event.wait": (EVENT, "event", None),
        "Condition.wait": (EVENT, "condition", None),
        "Barrier.wait": (EVENT, "barrier", None),
    },
    "queues": {
        "Queue.get": (TAKE, "queue", None),
        "Queue.put": (PUT, "queue", None),
        "Queue.join": (EVENT, "join", None),
    },
    "tasks": {"sleep": (SLEEP, None, None), "_wait": (ANY, None, None), **_BY_TASKS},
    "taskgroups": {"TaskGroup.__aexit__": (ALL, None, None), "TaskGroup._aexit": (ALL, None, None)},
    "timeouts": {"Timeout.__aenter__": (None, None, LIMITS), "Timeout.__aexit__": (None, None, UNLIMITS)},
}
_LONGEST_SLEEP = 1e12
"""A future has attributes, but no `__dict__`. This runs no code of the user's if its class has no such attribute."""
_attribute = object.__getattribute__


def is_by_another(noun):
    """Whether a wait is done by another one, which does not say what for."""
    return noun == "barrier" or noun == "join"


def seconds_of(frame, name):
    """A time that a coroutine is to wait, in a variable of its frame; None if there is none."""
    delay = variable_of(frame, name)
    return delay if type(delay) in (int, float) and 0 < delay < _LONGEST_SLEEP else None


def group_of(operation, frame):
    """The operation and the futures that a coroutine waits for which runs in this frame, and for how long at most; None if they cannot be told."""
    if operation == ALL:
        tasks = own(variable_of(frame, "self")).get("_tasks")
        return (ALL, sorted(tasks, key=order_of), None) if type(tasks) is set else None
    operations = {"FIRST_COMPLETED": ANY, "ALL_COMPLETED": ALL}
    futures, until = variable_of(frame, "fs"), variable_of(frame, "return_when")
    is_limited = variable_of(frame, "timeout") is not None
    # Until an exception, or until all are done but not longer, cannot be said.
    if type(futures) is not set or type(until) is not str or until not in operations or is_limited and until != "FIRST_COMPLETED":
        return None
    return operations[until], sorted(futures, key=order_of), seconds_of(frame, "timeout")


def gathered(future):
    """The futures for all of which one waits that `asyncio.gather` has made; None for other futures."""
    kind = type(future)
    if kind is not names_of("asyncio.tasks").get("_GatheringFuture") or class_data(kind, "_children") is not None:
        return None
    children = _attribute(future, "_children")
    return children if type(children) is list else None


def size_of(awaited, noun):
    """For how many items a queue has room, or how many permits are free; None where that is not limited."""
    found = own(awaited)
    if noun == "lock":
        return 1
    size = found.get("_value" if noun == "semaphore" else "_maxsize")
    return size if type(size) is int and (size > 0 or noun == "semaphore") else None
