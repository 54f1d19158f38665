"""The tasks of the session as objects, and the ways to resume them."""
from types import AsyncGeneratorType, CoroutineType, FunctionType, GeneratorType, SimpleNamespace

from ..control import bare_door, door
from ..failures import RequestError
from ..values.objects import class_data, defines, name_of
from ..source.names import function_name
from ..values.preview import preview
from ..source.suspension import frame_of, is_created, is_running, suspended

_NATIVE = (GeneratorType, CoroutineType)
_GENERATOR_CODE, _COROUTINE_CODE, _ASYNC_CODE = 0x20, 0x80, 0x200
_NO_FRAME = SimpleNamespace(f_lasti=0)
_NO_TABLE = [0]


class Task:
    """
    `name` is the generator function's; of another iterator that of its class. `value` is what the task yielded, returned or raised last,
    once `is_started` as a task.
    """

    __slots__ = ("number", "name", "iterator", "resume", "value", "is_started", "is_over", "is_coroutine")

    def __init__(self, number, iterator):
        self.number = number
        self.iterator = iterator
        chain = suspended(iterator)
        self.name = function_name(chain[0]) if chain else name_of(type(iterator))
        self.resume = iterator.send if type(iterator) in _NATIVE else _resumption(iterator)
        self.value = None
        self.is_started = False
        self.is_over = False
        self.is_coroutine = type(iterator) is CoroutineType

    def turn(self, points):
        """What the loop needs to resume the task: how, what to look at, the table of its yield points, the task."""
        frame = frame_of(self.iterator) if type(self.iterator) in _NATIVE else None
        if frame is None:
            return self.resume, _NO_FRAME, _NO_TABLE, self
        return self.resume, frame, points.table(frame.f_code), self

    def must_take_values(self):
        """
        :raises RequestError: where there is no `yield` that could give what is sent
        """
        if type(self.iterator) in _NATIVE:
            # Asked of the generator itself: the user's own code may have resumed it, before it became a task or since.
            if not is_created(self.iterator):
                return
            word = "await" if self.is_coroutine else "yield"
            message = "The task was not resumed yet, so there is no %s that could give the value." % word
            raise RequestError("evaluate", message, remedy="Let it run to its first %s, and send then." % word)
        if not defines(type(self.iterator), "send"):
            message = "The task is an iterator without a method send."
            raise RequestError("evaluate", message, remedy="Pick it without a value.")

    @door
    def send(self, value):
        """Resumes the task; its `yield` gives the value."""
        return self.iterator.send(value)

    @door
    def throw(self, error):
        """Resumes the task with an exception; an iterator that takes none lets it through."""
        if not defines(type(self.iterator), "throw"):
            raise error
        return self.iterator.throw(error)

    @door
    def close(self):
        """
        Has the task clean up. Gives the event and the value: a generator may yield once more instead, and is as alive as
        before; `close` of its own would call that an error and not tell the value.
        """
        if type(self.iterator) not in _NATIVE:
            return "closed", self.iterator.close() if defines(type(self.iterator), "close") else None
        try:
            return "yielded", self.iterator.throw(GeneratorExit())
        except GeneratorExit:
            return "closed", None
        except StopIteration as end:
            return "closed", end.value


def checked(given, others):
    """
    What a call gave, if that can be a task beside the others, which are known by the `id` of their objects.

    :raises RequestError: with code `not-a-generator`, or `call` where it is one that no task can be made of any more
    """
    other = others.get(id(given))
    if other is not None:
        _refuse('a task already, "%s": an object can be one task only' % other.name)
    if type(given) in _NATIVE:
        if is_running(given):
            _refuse("running at this moment: another thread has resumed it")
        if frame_of(given) is None:
            _refuse("over already: it returned, threw or was closed before it became a task")
        return given
    kind = type(given)
    if not issubclass(kind, type) and class_data(kind, "__next__") is not None:
        return given
    dismiss(given)
    message = "The call gives no generator but %s." % preview(given)[:100]
    raise RequestError("not-a-generator", message, remedy=_remedy(given))


def dismiss(given):
    """Sees to it that a coroutine which nobody is going to await is not complained about as if the user had forgotten it."""
    if type(given) is CoroutineType and given.cr_frame is not None and not _was_awaited(given):
        given.close()


def _was_awaited(coroutine):
    if hasattr(coroutine, "cr_suspended"):
        return coroutine.cr_suspended or coroutine.cr_running
    return coroutine.cr_frame.f_lasti != -1


def _refuse(state):
    message = "What the call gives is %s." % state
    raise RequestError("call", message, remedy="Write a call that gives a generator of its own.")


def _resumption(iterator):
    takes_values = defines(type(iterator), "send")

    @bare_door
    def resume(sent):
        return iterator.send(sent) if takes_values and sent is not None else next(iterator)

    return resume


def _remedy(given):
    kind = type(given)
    flags = given.__code__.co_flags if kind is FunctionType else 0
    if flags & _GENERATOR_CODE:
        return "This is the generator function itself: call it, as in %s(…)." % given.__name__
    if flags & _COROUTINE_CODE:
        return "This is the coroutine function itself: call it, as in %s(…)." % given.__name__
    if kind is AsyncGeneratorType or flags & _ASYNC_CODE:
        return "Only asyncio can run an async generator: write an async def without yield, or a generator."
    if defines(kind, "__iter__"):
        return "It can be iterated: write iter(…) around the call."
    return "Write a call of a generator function, or another expression that gives a generator or an iterator."
