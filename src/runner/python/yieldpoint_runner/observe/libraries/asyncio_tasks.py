"""The tasks of asyncio that an observed program has. They are read by functions in C only: a program may replace any other."""
import re
import sys
from math import inf
from types import CoroutineType, GeneratorType, ModuleType

from ...source.suspension import frame_of
from ...values.leaves import CALLED
from ...values.objects import class_data, type_name

_LONGEST = 60
_GENERATED = re.compile(r"Task-[0-9]+\Z")
_METHOD = type(str.join)


def given_name(frame):
    """The name of the task of asyncio whose coroutine runs in a frame; None if there is none, or none that the program gave."""
    running = _in_c("_current_tasks")
    for task in running.values() if type(running) is dict else ():
        if _is_of(coroutine_of(task), frame):
            return name_of(task)
    return None


def coroutine_of(task):
    """The coroutine that a task of asyncio runs; None if the object is no such task."""
    coroutine = _read(task, "Task", "get_coro")
    return coroutine if type(coroutine) in (CoroutineType, GeneratorType) else None


def name_of(task):
    """The name that the program gave a task of asyncio, or None."""
    name = _read(task, "Task", "get_name")
    is_given = type(name) is str and name.isprintable() and not _GENERATED.match(name)
    return name[:_LONGEST].strip() or None if is_given else None


def order_of(task):
    """A key that sorts tasks as they were made, as far as their names tell."""
    name = _read(task, "Task", "get_name")
    is_text = type(name) is str
    return (int(name[5:]), "") if is_text and _GENERATED.match(name) else (inf, name if is_text else "")


def is_done(future):
    """Whether a future of asyncio is known to be done."""
    return _read(future, "Future", "done") is True


def show_quickly():
    """From now on, the preview of a future that has no parts takes no time. It is what many tasks yield at each step."""
    for name in ("Future", "Task"):
        kind = _in_c(name)
        if type(kind) is type and type(class_data(kind, "done")) is _METHOD:
            CALLED[id(kind)] = _text_of(kind)


def _text_of(kind):
    text = "<%s object>" % type_name(kind)
    # The class is kept alive with its id.
    return lambda _value, _kind=kind: text


def _is_of(coroutine, frame):
    return coroutine is not None and frame_of(coroutine) is frame


def _read(value, kind, method):
    """What a method of a class that asyncio has in C gives for an object; None if the object is of no such class."""
    known = _in_c(kind)
    reader = class_data(known, method) if type(known) is type and issubclass(type(value), known) else None
    return reader(value) if type(reader) is _METHOD and issubclass(known, reader.__objclass__) else None


def _in_c(name):
    module = sys.modules.get("_asyncio")
    return module.__dict__.get(name) if type(module) is ModuleType else None
