"""The names that an observed program gave to the tasks of asyncio. They are read by functions in C only: a program may replace any other."""
import re
import sys
from types import CoroutineType, GeneratorType, ModuleType

from ..source.suspension import frame_of
from ..values.objects import class_data

_LONGEST = 60
_GENERATED = re.compile(r"Task-\d+\Z")
_METHOD = type(str.join)


def given_name(frame):
    """The name of the task of asyncio whose coroutine runs in a frame; None if there is none, or none that the program gave."""
    module = sys.modules.get("_asyncio")
    names = module.__dict__ if type(module) is ModuleType else {}
    kind, running = names.get("Task"), names.get("_current_tasks")
    if type(kind) is not type or type(running) is not dict:
        return None
    coroutine, name = class_data(kind, "get_coro"), class_data(kind, "get_name")
    if type(coroutine) is not _METHOD or type(name) is not _METHOD:
        return None
    for task in running.values():
        if issubclass(type(task), kind) and _runs(coroutine(task), frame):
            return _shown(name(task))
    return None


def _runs(coroutine, frame):
    return type(coroutine) in (CoroutineType, GeneratorType) and frame_of(coroutine) is frame


def _shown(name):
    is_given = type(name) is str and name.isprintable() and not _GENERATED.match(name)
    return name[:_LONGEST].strip() or None if is_given else None
