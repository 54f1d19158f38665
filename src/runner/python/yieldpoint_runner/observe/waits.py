"""
What the tasks of an observed program wait for, as far as a library tells it, as rows of the wait log: see `src/core/waiting/rows.ts`. Rows
belong to the step that runs, or to the one that was recorded last.
"""
from ..values.objects import weakly
from ..values.preview import preview
from ..waiting.request import ACQUIRE, ALL, JOIN, PROMISE, SLEEP
from ..waiting.rows import GROUP, GROUP_ALL, GROUP_ANY, PART, SIMULATED, WAKE, WITHDRAW
from .holders import Holders
from .libraries.libraries import Libraries
from .resources import Resources


class Wait:
    """
    Of a task, for what it has yielded, which is not kept alive. `parts` are the operations and objects of its block rows, `left` is the
    number of parts all of which have to be served first.
    """

    __slots__ = ("task", "library", "awaited", "how", "parts", "left")

    def __init__(self, task, library, awaited, how=None, parts=()):
        self.task = task
        self.library = library
        self.awaited = weakly(awaited)
        self.how = how
        self.parts = parts
        self.left = 1


class Waits:
    """
    `_joined` are the waits for the end of a task, by the numbers of tasks. `is_within` tells whether a
    slice runs. `_time` is what the clock of a simulation has shown last. `late` are the numbers of the resources whose holders are looked at when
    the next slice begins.
    """

    def __init__(self, runner, tasks):
        self._tasks = tasks
        self._wire = runner.wire
        self._recorder = runner.recorder
        self.rows = runner.requests.engine.rows
        self._resources = Resources(runner.wire)
        self._holders = Holders(self)
        self.libraries = Libraries(runner.requests.now, self._resources, self._holders)
        self._joined = {}
        self._time = None
        self.is_within = None
        self.late = set()
        self._asking = ()
        self._resumed = None

    def happens_now(self):
        """The next rows are about something that happens now, within a slice or outside of all."""
        if self.is_within():
            self._happens_in(self._recorder.steps + 1)
        else:
            self._happens_in(self._recorder.steps)
            self.rows.mark_outside()

    def resumes(self, task):
        """A blocked task is resumed."""
        wait = self._resumed = task.wait
        self._happens_in(self._recorder.steps)
        self.rows.mark_outside()
        if wait.how is not None or wait.parts[0][0] == ACQUIRE:
            self._look_at_awaited(wait)
        if task.wait is not None:
            self._end(task, WAKE)

    def yields(self, task, value, frame):
        """A task yields a value from a frame, which ends the next step. Returns the text of the value."""
        library = self.libraries.of(value, task)
        if library is None:
            task.awaited = None
            return preview(value)
        self._happens_in(self._recorder.steps + 1)
        slept = library.slept(value)
        if slept is not None and task.number not in self._holders.held_by:
            text, time, due, awaited = slept
            self._shows(time)
            task.wait = Wait(task, library, awaited, None, ((SLEEP, due),))
            self.rows.add_number(SLEEP, task.number, due)
            return text
        text, time, wanted, touched = self._told(library, task, value, frame)
        task.awaited = None
        self._shows(time)
        if wanted is not None:
            self._block(task, library, value, wanted, frame)
        self._look_at_holders(task, library, touched)
        return text

    def ended(self, task):
        """A task has ended in its step."""
        number, resumed = task.number, self._resumed
        task.awaited = None
        self._happens_in(self._recorder.steps)
        if resumed is not None and resumed.task is task:
            self._shows(resumed.library.time_of(resumed.awaited()))
        if task.wait is not None:
            self._end(task, WITHDRAW)
        self._look_at_holders(task, None, [])
        for wait, part in self._joined.pop(number, ()):
            if wait.task.wait is wait:
                self._serve(wait, part)

    def look(self):
        """Wakes the tasks whose waits are over, which their library will resume. The program is about to rest."""
        self._happens_in(self._recorder.steps)
        for number in self._holders.held:
            self._look_at(number)
        waiting = [task for task in self._tasks.by_frame.values() if task.wait is not None]
        for task in waiting:
            self._look_at_awaited(task.wait)
        self._wake_those_done(waiting)

    def served(self, number, row, object):
        """A task, given by its number, gets a unit of a resource. It may wait for more, or for something else."""
        task = self._tasks.by_number.get(number)
        wait = None if task is None else task.wait
        part = (ACQUIRE, object)
        if wait is not None and wait.how == ALL and part in wait.parts:
            self._serve(wait, wait.parts.index(part))
            return
        self.rows.add(row, number, object)
        if wait is not None and part in wait.parts:
            task.wait = None
        elif wait is not None:
            self._start(wait)

    def _happens_in(self, step):
        # A slice whose rows are recorded may turn out to be no step.
        if step > self.rows.step:
            self.rows.step = step

    def _shows(self, time):
        """The clock of a simulation shows a time, or there is none."""
        if time is not None and time != self._time:
            self._time = time
            self.rows.add_number(SIMULATED, 0, time)

    def _told(self, library, task, value, frame):
        """The text of a value, the time that it tells, what the task wants, and the numbers of what may have changed hands."""
        try:
            wanted = library.wanted(task, value)
            touched = [self._resources.number(aim, library, frame) for aim in library.touched(value)]
            return library.text_of(value), library.time_of(library.awaited_in(value)), wanted, touched
        except Exception:
            # The program may have put anything into the objects of a library.
            return preview(value), None, None, ()

    def _look_at_holders(self, task, library, touched):
        """Holders may have changed in the slice of a task: of what it holds, and of what it has touched."""
        numbers = {*touched, *self._holders.held_by.get(task.number, ())} - {None}
        if library is not None and library.acts_late:
            self.late |= numbers
            self._asking = (task,)
        else:
            for number in numbers:
                self._look_at(number)

    def catch_up(self):
        """A slice begins. The library has done meanwhile what the last one asked for."""
        self._happens_in(self._recorder.steps)
        late, self.late = self.late, set()
        for number in late:
            self._look_at(number)
        self._wake_those_done(self._asking)

    def _wake_those_done(self, tasks):
        for task in tasks:
            if task.wait is not None and task.wait.library.is_done(task.wait.awaited()):
                self._end(task, WAKE)

    def _look_at_awaited(self, wait):
        for operation, object in wait.parts:
            if operation == ACQUIRE:
                self._look_at(object)

    def _look_at(self, number):
        resource, library = self._resources.of(number)
        try:
            holders = None if resource is None else library.holders_of(resource, self._tasks)
        except Exception:
            holders = None
        if holders is not None:
            self._holders.become(number, holders)

    def _end(self, task, row):
        task.wait = None
        self.rows.add(row, task.number, 0)

    def _serve(self, wait, part):
        wait.left -= 1
        if part is not None:
            self.rows.add(PART, wait.task.number, part)
        if wait.left == 0:
            self._end(wait.task, WAKE)

    def _block(self, task, library, value, wanted, frame):
        wait = Wait(task, library, library.awaited_in(value), wanted.how)
        wait.parts = [self._part(wait, aim, frame) for aim in wanted.aims]
        is_all = wanted.how == ALL
        for index, (operation, object) in enumerate(wait.parts):
            if operation == JOIN:
                self._joined.setdefault(object, []).append((wait, index if is_all else None))
        self._start(wait)
        if not library.acts_late:
            self._look_at_awaited(wait)

    def _start(self, wait):
        """Records that a task waits for the parts."""
        task, parts, rows = wait.task, wait.parts, self.rows
        number = task.number
        task.wait = wait
        wait.left = len(parts) if wait.how == ALL else 1
        if len(parts) > 1:
            rows.add(GROUP, number, GROUP_ALL if wait.how == ALL else GROUP_ANY)
        for operation, object in parts:
            if operation == SLEEP:
                rows.add_number(SLEEP, number, object)
            else:
                rows.add(operation, number, object)

    def _part(self, wait, aim, frame):
        """The operation of a block row, and its object: the number of a resource or a task, or a time."""
        operation, awaited, _ = aim
        if operation == SLEEP:
            return SLEEP, awaited
        number = self._task_of(wait.library, awaited) if operation == JOIN else None
        if operation < JOIN:
            number = self._resources.number(aim, wait.library, frame)
        return (PROMISE, 0) if number is None else (operation, number)

    def _task_of(self, library, awaited):
        """The number of the task for whose end somebody waits, or None."""
        task, told = self._tasks.expect(library.coroutine_of(awaited), lambda: library.name_of(awaited))
        if told is not None:
            self._wire.say({"event": "spawned", "step": self.rows.step + 1, **told})
        return None if task is None else task.number
