"""
What the tasks of asyncio wait for in an observed program, as rows of the wait log: see `src/core/waiting/rows.ts`. Rows belong to the step
that was recorded last.
"""
from ..requests.awaited import ASYNCIO, Kinds
from ..source.points import variable_of
from ..values.objects import weakly
from ..waiting.request import ALL, ANY, JOIN, PROMISE, SLEEP
from ..waiting.rows import GROUP, GROUP_ALL, GROUP_ANY, PART, WAKE, WITHDRAW
from .asyncio_tasks import is_done, show_quickly
from .asyncio_waits import AsyncioCode, gathered, group_of, is_by_another, seconds_of
from .resources import AsyncioResources

"""Code of coroutines. What a generator yields is a plain value."""
_COROUTINE = 0x80 | 0x100


class Wait:
    """Of a task, until a future is done. `left` is the number of parts, all of which have to be served first."""

    __slots__ = ("task", "future", "left")

    def __init__(self, task, future):
        self.task = task
        self.future = weakly(future)
        self.left = 1


class Waits:
    """`_blocked` has the tasks that wait, `_joined` the waits for the end of a task, both by the numbers of tasks."""

    def __init__(self, runner, tasks):
        self._blocked = {}
        self.code = AsyncioCode()
        self._tasks = tasks
        self._wire = runner.wire
        self._recorder = runner.recorder
        self._now = runner.requests.now
        self._rows = runner.requests.engine.rows
        self._resources = AsyncioResources(runner.wire)
        self._kinds = Kinds()
        self._joined = {}
        self._has_futures = False

    def note(self, task, frame, future):
        """A coroutine of asyncio yields a future, to which the task delegates in its slice."""
        operation, noun = self.code.wait(frame.f_code)
        inner = task.awaited
        if inner is None or inner[0] is not future or is_by_another(noun):
            task.awaited = (future, *(self._aim(operation, noun, frame) or (PROMISE, 0)))

    def resumes(self, task):
        """A blocked task is resumed."""
        self._rows.step = self._recorder.steps
        self._rows.mark_outside()
        self._end(task, WAKE)

    def yielded(self, task, value):
        """A task has yielded a value in its step."""
        future, operation, object = task.awaited or (None, None, None)
        task.awaited = None
        if self._kinds.of(value) != ASYNCIO or not task.code.co_flags & _COROUTINE:
            return
        if not self._has_futures:
            self._has_futures = True
            show_quickly()
        number = task.number
        self._rows.step = self._recorder.steps
        wait = task.wait = Wait(task, value)
        self._blocked[number] = task
        if future is not value:
            self._add_future(wait, value)
        elif operation == SLEEP:
            self._rows.add_number(SLEEP, number, object)
        elif operation >= ANY:
            self._add_group(wait, operation, object)
        else:
            self._rows.add(operation, number, object)

    def ended(self, task):
        """A task has ended in its step."""
        number = task.number
        task.awaited = None
        self._rows.step = self._recorder.steps
        if task.wait is not None:
            self._end(task, WITHDRAW)
        for wait, part in self._joined.pop(number, ()):
            if wait.task.wait is wait:
                self._serve(wait, part)

    def look(self):
        """Wakes the tasks whose futures are done, which asyncio will resume. The program is about to rest."""
        self._rows.step = self._recorder.steps
        for task in list(self._blocked.values()):
            if is_done(task.wait.future()):
                self._end(task, WAKE)

    def _aim(self, operation, noun, frame):
        """The operation of a coroutine that runs in a frame, and its object: a resource, a time, or futures. None if it cannot be told."""
        if operation == SLEEP:
            seconds = seconds_of(frame)
            return None if seconds is None else (SLEEP, self._now() + 1000 * seconds)
        if operation >= ANY:
            return group_of(operation, frame)
        number = self._resources.number(variable_of(frame, "self"), operation, noun, frame)
        return None if number is None else (operation, number)

    def _end(self, task, row):
        task.wait = None
        del self._blocked[task.number]
        self._rows.add(row, task.number, 0)

    def _serve(self, wait, part):
        wait.left -= 1
        if part is not None:
            self._rows.add(PART, wait.task.number, part)
        if wait.left == 0:
            self._end(wait.task, WAKE)

    def _add_future(self, wait, future):
        futures = gathered(future)
        if futures is None:
            self._add_part(wait, future, None)
        else:
            self._add_group(wait, ALL, futures)

    def _add_group(self, wait, operation, futures):
        left = [future for future in futures if not is_done(future)]
        if len(left) > 1:
            self._rows.add(GROUP, wait.task.number, GROUP_ALL if operation == ALL else GROUP_ANY)
        if len(left) > 1 and operation == ALL:
            wait.left = len(left)
            for part, future in enumerate(left):
                self._add_part(wait, future, part)
        else:
            for future in left or (None,):
                self._add_part(wait, future, None)

    def _add_part(self, wait, future, part):
        """:param part: the index of a part of `all`, or None"""
        task, told = self._tasks.expect(future)
        if told is not None:
            self._wire.say({"event": "spawned", "step": self._recorder.steps + 1, **told})
        if task is None:
            self._rows.add(PROMISE, wait.task.number, 0)
        else:
            self._joined.setdefault(task.number, []).append((wait, part))
            self._rows.add(JOIN, wait.task.number, task.number)
