"""The tasks of the session as objects, and the ways to resume them."""
from types import AsyncGeneratorType, CoroutineType, FunctionType, GeneratorType, SimpleNamespace

from ..control import bare_door, door
from ..failures import RequestError
from ..values.objects import class_data, defines, name_of
from ..source.names import function_name
from ..values.preview import preview
from ..source.suspension import frame_of, is_created, is_in_thread, is_running, suspended

"""Steps are recorded with the numbers of their tasks as uint16."""
MOST_TASKS = 65_536
_NATIVE = (GeneratorType, CoroutineType)
_GENERATOR_CODE, _COROUTINE_CODE, _ASYNC_CODE = 0x20, 0x80, 0x200
_NO_FRAME = SimpleNamespace(f_lasti=0)
_NO_TABLE = [0]


class TaskNames:
    """Gives every task a unique name, by the rule of the session: the second `counter` is `counter #2`."""

    def __init__(self):
        self._used = set()
        self._next = {}

    def unique(self, base):
        name = base
        number = self._next.get(base, 2)
        while name in self._used:
            name = "%s #%d" % (base, number)
            number += 1
            self._next[base] = number
        self._used.add(name)
        return name


class Task:
    """
    `name` is the name of the generator function or, for another iterator, of its class. `shown` is the unique name that the session
    uses. `value` is what the task last yielded, returned or raised. `is_started` tells whether it was resumed as a task. `scope` is the
    scope in which its call was evaluated.
    """

    __slots__ = ("number", "name", "shown", "iterator", "scope", "resume", "value", "is_started", "is_over", "is_coroutine")

    def __init__(self, number, iterator, scope, names):
        self.number = number
        self.iterator = iterator
        self.scope = scope
        chain = suspended(iterator)
        self.name = iterator.name if is_in_thread(iterator) else function_name(chain[0]) if chain else name_of(type(iterator))
        self.shown = names.unique(self.name)
        self.resume = iterator.send if type(iterator) in _NATIVE or is_in_thread(iterator) else _resumption(iterator)
        if is_in_thread(iterator):
            iterator.number = number
        self.value = None
        self.is_started = False
        self.is_over = False
        self.is_coroutine = type(iterator) is CoroutineType

    def turn(self, points):
        """What the loop needs to resume the task: the function to call, the frame, the table of its yield points, and the task."""
        frame = frame_of(self.iterator) if type(self.iterator) in _NATIVE else None
        if frame is None:
            return self.resume, _NO_FRAME, _NO_TABLE, self
        return self.resume, frame, points.table(frame.f_code), self

    def stack(self):
        """Its generator and those that it waits for, innermost last; empty if it has ended."""
        return suspended(self.iterator)

    def must_take_values(self):
        """
        Checks that a value can be sent.

        :raises RequestError: if there is no `yield` that could evaluate to the value
        """
        if type(self.iterator) in _NATIVE:
            # The generator's actual state is checked, because user code may have resumed it outside of the scheduler.
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
        """Resumes the task. Its `yield` evaluates to the value."""
        return self.iterator.send(value)

    @door
    def throw(self, error):
        """Resumes the task with an exception. An iterator without a `throw` method passes it on."""
        if not defines(type(self.iterator), "throw"):
            raise error
        return self.iterator.throw(error)

    @door
    def close(self):
        """
        Closes the task. Returns the event and the value. A generator may yield once more, and is then still alive. The generator's own
        `close` would raise an error in that case, and lose the value.
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
    Checks that the result of a call can become a task. `others` are the existing tasks, by the `id` of their objects.

    :raises RequestError: with code `not-a-generator`, or `call` if the generator can no longer become a task
    """
    other = others.get(id(given))
    if other is not None:
        _refuse('is already the task "%s": an object can be only one task' % other.name)
    if type(given) in _NATIVE:
        if is_running(given):
            _refuse("is running: another thread has resumed it")
        if frame_of(given) is None:
            _refuse("has already ended: it returned, threw or was closed before it became a task")
        return given
    kind = type(given)
    if not issubclass(kind, type) and class_data(kind, "__next__") is not None:
        return given
    dismiss(given)
    message = "The call returned %s, which is not a generator." % preview(given)[:100]
    raise RequestError("not-a-generator", message, remedy=_remedy(given))


def dismiss(given):
    """Suppresses the warning for a coroutine that nobody will await, since the user did not forget to await it."""
    if type(given) is CoroutineType and given.cr_frame is not None and not _was_awaited(given):
        given.close()


def _was_awaited(coroutine):
    if hasattr(coroutine, "cr_suspended"):
        return coroutine.cr_suspended or coroutine.cr_running
    return coroutine.cr_frame.f_lasti != -1


def _refuse(state):
    message = "The call returned a generator that %s." % state
    raise RequestError("call", message, remedy="Write a call that returns a new generator.")


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
