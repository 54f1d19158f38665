"""
What coroutines of asyncio wait for, told by their code and their variables. Nothing is imported, and no code of the library runs: its
modules are there if the program has imported them.
"""
import os
import sys
from types import FunctionType

from ..source.points import variable_of
from ..values.objects import class_data, instance_dict
from ..waiting.request import ACQUIRE, ALL, ANY, EVENT, PUT, SLEEP, TAKE
from .asyncio_tasks import order_of

"""By module and function: the operation, and what a resource is called that has no name. A sleep and groups have no resource."""
_WAITS = {
    "locks": {
        "Lock.acquire": (ACQUIRE, "lock"),
        "Semaphore.acquire": (ACQUIRE, "semaphore"),
        "Event.wait": (EVENT, "event"),
        "Condition.wait": (EVENT, "condition"),
        "Barrier.wait": (EVENT, "barrier"),
    },
    "queues": {"Queue.get": (TAKE, "queue"), "Queue.put": (PUT, "queue"), "Queue.join": (EVENT, "join")},
    "tasks": {"sleep": (SLEEP, None), "_wait": (ANY, None)},
    "taskgroups": {"TaskGroup.__aexit__": (ALL, None), "TaskGroup._aexit": (ALL, None)},
}
_LONGEST_SLEEP = 1e12
"""A future has attributes, but no `__dict__`. This runs no code of the user's if its class has no such attribute."""
_attribute = object.__getattribute__


class AsyncioCode:
    """The code of asyncio that waits, looked for once each. Code objects are kept alive with their ids."""

    def __init__(self):
        self._known = {}

    def wait(self, code):
        """The operation of a coroutine with this code, and the noun for what it waits for; None if it is not one that waits."""
        known = self._known.get(id(code))
        if known is None:
            known = self._known[id(code)] = (_looked_up(code), code)
        return known[0]


def is_by_another(noun):
    """Whether a wait is done by another one, which does not say what for."""
    return noun == "barrier" or noun == "join"


def seconds_of(frame):
    """How long a coroutine that runs in this frame of `asyncio.sleep` sleeps; None if it cannot be told."""
    delay = variable_of(frame, "delay")
    return delay if type(delay) in (int, float) and 0 < delay < _LONGEST_SLEEP else None


def group_of(operation, frame):
    """The operation and the futures that a coroutine waits for which runs in this frame; None if they cannot be told."""
    if operation == ALL:
        tasks = instance_dict(variable_of(frame, "self")).get("_tasks")
        return (ALL, sorted(tasks, key=order_of)) if type(tasks) is set else None
    operations = {"FIRST_COMPLETED": ANY, "ALL_COMPLETED": ALL}
    futures, until = variable_of(frame, "fs"), variable_of(frame, "return_when")
    # With a time limit, or until an exception, it may also end otherwise.
    if type(futures) is not set or type(until) is not str or until not in operations or variable_of(frame, "timeout") is not None:
        return None
    return operations[until], sorted(futures, key=order_of)


def gathered(future):
    """The futures for all of which one waits that `asyncio.gather` has made; None for other futures."""
    kind = type(future)
    if kind is not _names_of("tasks").get("_GatheringFuture") or class_data(kind, "_children") is not None:
        return None
    children = _attribute(future, "_children")
    return children if type(children) is list else None


def capacity_of(queue):
    """For how many items a queue has room; None without a limit."""
    size = instance_dict(queue).get("_maxsize")
    return size if type(size) is int and size > 0 else None


def _looked_up(code):
    folder, file = os.path.split(code.co_filename)
    if os.path.basename(folder) != "asyncio":
        return None
    module = file[: -len(".py")]
    names = _names_of(module)
    return next((wait for path, wait in _WAITS.get(module, {}).items() if _code_at(names, path) is code), None)


def _code_at(names, path):
    holder, _, method = path.rpartition(".")
    kind = names.get(holder)
    function = names.get(path) if not holder else class_data(kind, method) if type(kind) is type else None
    return function.__code__ if type(function) is FunctionType else None


def _names_of(module):
    return instance_dict(sys.modules.get("asyncio." + module))
