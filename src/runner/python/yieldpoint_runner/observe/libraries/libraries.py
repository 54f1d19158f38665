"""The libraries that an observed program has: which of them serves a yielded value, whose code runs, and who has named a task."""
from ...requests.awaited import ASYNCIO, FOREIGN, Kinds, library_of
from . import asyncio_tasks
from .asyncio_library import Asyncio
from .simpy_commands import SimpyCommands
from .simpy_events import SimpyEvents
from .trio_library import Trio

"""Code of coroutines. What a generator yields to asyncio is a plain value."""
_COROUTINE = 0x80 | 0x100


class Libraries:
    def __init__(self, now, resources, holders):
        self._kinds = Kinds()
        self._asyncio = Asyncio(now, resources, holders)
        self._commands = SimpyCommands(resources)
        self._trio = Trio(now)
        self._foreign = {"SimPy": SimpyEvents(resources), "trio": self._trio}
        self.tells_at_its_begin, self.tells_at_its_end = self._asyncio.tells_at_its_begin, self._asyncio.tells_at_its_end
        self.begins, self.returns = self._asyncio.begins, self._asyncio.returns

    def does(self, code):
        """What code of a library does that tells something of tasks, or None."""
        return self._asyncio.does(code) or self._trio.does(code)

    def yields(self, task, frame, value):
        """Such code yields a value to what awaits it."""
        library = self._trio if self._asyncio.does(frame.f_code) is None else self._asyncio
        library.yields(task, frame, value)

    def of(self, value, task):
        """The library whose scheduler serves a value that a task has yielded, or None."""
        if type(value) is tuple:
            return self._commands if self._commands.serves(value) else None
        kind = self._kinds.of(value)
        if kind == ASYNCIO:
            return self._asyncio if task.code.co_flags & _COROUTINE else None
        return self._foreign.get(library_of(type(value))) if kind == FOREIGN else None

    def given_name(self, frame):
        """The name that the program gave the task whose generator or coroutine runs in a frame, or None."""
        return self._commands.given_name(frame) or asyncio_tasks.given_name(frame) or self._trio.given_name(frame)
