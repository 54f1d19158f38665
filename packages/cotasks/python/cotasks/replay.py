"""
Replays a schedule without Yieldpoint: resumes tasks in the order of a list of picks, and serves their requests under virtual time.
"""
import importlib
import sys
from math import inf
from pathlib import Path

import cotasks

from ._waiting.engine import Waiting
from ._waiting.host import Host

__all__ = ["ReplayError", "Replayed", "load", "load_all", "replay"]

"""Ends a run whose tasks never end."""
_LIMIT = 100_000


class ReplayError(Exception):
    """A step that went another way than in the schedule. `step` is its number, from 1."""

    def __init__(self, step, message):
        super().__init__("Step %d went another way: %s" % (step, message))
        self.step = step


class Replayed:
    """How a replay has ended."""

    def __init__(self):
        self.end = None
        self.error = None
        self.failure = None
        self.departure = None
        self.steps = 0
        self.returns = {}


def load(path):
    """Imports a file as a fresh module."""
    return load_all([path])[0]


def load_all(paths):
    """
    Imports files as fresh modules, in this order. A file that an earlier one imports is the same module for both.

    :raises ImportError: if the name of a file stands for another file
    """
    files = [Path(path).resolve() for path in paths]
    names = [_importable(file) for file in files]
    for name in names:
        sys.modules.pop(name, None)
    modules = [importlib.import_module(name) for name in names]
    for file, module in zip(files, modules):
        if Path(module.__file__).resolve() != file:
            raise ImportError("The module %s is %s, not %s. Rename one of the files." % (module.__name__, module.__file__, file))
    return modules


def _importable(file):
    """The name by which a file can be imported."""
    name, root = file.stem, file.parent
    while (root / "__init__.py").exists():
        name, root = "%s.%s" % (root.name, name), root.parent
    if str(root) not in sys.path:
        sys.path.insert(0, str(root))
    return name


def replay(tasks, picks, invariant=None, until="all", virtual_time=1, strict=False):
    """
    Resumes the tasks in the order of the picks. Picks of tasks that are not ready are left out; after the last pick the tasks run in turn.
    Resources that were made before the replay are as they were when they were made.

    :param tasks: functions that make generators or coroutines, by name; numbered from 0 in this order, spawned tasks go on from there
    :param picks: the number of the task that runs in each step
    :param invariant: a function that has to give something true after every step; otherwise the run ends there
    :param until: where the run ends: at the "first" return, or once "all" tasks have ended
    :param virtual_time: by how many milliseconds a step moves the clock of `sleep` and `now`
    :param strict: raises the departure instead of returning it
    """
    alone = cotasks._scheduler
    if not isinstance(alone, cotasks._Alone):
        raise cotasks.RequestError("The program runs under a scheduler already.")
    if alone.replay is not None:
        raise cotasks.RequestError("A replay is going on already.")
    alone.replay = going = _Replay(alone, invariant, until, virtual_time)
    try:
        run = going.run(tasks, picks)
    finally:
        alone.replay = None
    if strict and run.departure is not None:
        raise run.departure
    return run


class _Replay(Host):
    closed = cotasks.closed

    def __init__(self, alone, invariant, until, virtual_time):
        self._alone = alone
        self._invariant = invariant
        self._until = until
        self._virtual_time = virtual_time
        self._moved = (0, 0)
        self._names = []
        self._tasks = []
        self._ready = []
        self._returned = {}
        self._run = Replayed()
        self._engine = engine = Waiting(self)
        self._calls = {
            "release": engine.release,
            "set": engine.resources.set_event,
            "clear": engine.resources.clear_event,
            "close": engine.resources.close_channel,
        }
        for resource in alone.resources:
            self.create(*resource)

    def create(self, kind, held, count, name):
        resources = self._engine.resources
        if kind == "mutex":
            resources.mutex(held, name)
        elif kind == "semaphore":
            resources.semaphore(held, count, name)
        elif kind == "channel":
            resources.channel(count, name)
        else:
            resources.event(name)

    def call(self, what, number):
        self._calls[what](number)

    def now(self):
        step, millis = self._moved
        return millis + (self._run.steps - step) * self._virtual_time

    def error(self, kind, message):
        return (cotasks.ClosedError if kind == "closedChannel" else cotasks.RequestError)(message)

    def name_of(self, task):
        return self._names[task]

    def show(self, value):
        return repr(value)

    def spawn(self, parent, body):
        name = "task %d" % len(self._names)
        task = self._add(name, body)
        return task, cotasks.Task(task, name, self._alone.owner)

    def run(self, tasks, picks):
        run = self._run
        for name, make in tasks.items():
            task = self._add(name, make())
            self._engine.begin(task)
            self._ready.append(task)
        self._take_woken()
        for pick in picks:
            if not self._goes_on():
                break
            if pick in self._ready:
                self._step(pick)
            else:
                self._depart(self._why_not_ready(pick))
        if self._goes_on() and self._invariant is None:
            self._depart("the schedule is over, but %s is ready." % self._names[self._ready[0]])
        while self._goes_on():
            self._step(self._ready[0])
        if run.steps < len(picks):
            self._depart("the run is over, but the schedule is not.")
        run.returns = {self._names[task]: value for task, value in self._returned.items()}
        return run

    def _add(self, name, task):
        if not (hasattr(task, "send") and hasattr(task, "throw")):
            raise cotasks.RequestError("%s is not a generator or a coroutine." % name)
        self._names.append(name)
        self._tasks.append(task)
        return len(self._tasks) - 1

    def _goes_on(self):
        """Whether a task is ready. If none is, time passes; if that wakes nobody, the run has ended."""
        run, engine = self._run, self._engine
        if run.end is not None:
            return False
        while not self._ready and engine.timers.next_due != inf:
            self._moved = (run.steps, engine.timers.next_due)
            engine.time_moved()
            self._take_woken()
        if self._ready:
            if run.steps < _LIMIT:
                return True
            self._end("cut", "The tasks have not ended after %d steps." % _LIMIT)
        elif len(self._returned) == len(self._tasks):
            self._end("all")
        elif engine.take_deadlock():
            self._end("deadlock", "Tasks wait for one another forever: %s." % self._waiting())
        else:
            self._end("blocked", "Tasks wait, and nothing is left that could wake them: %s." % self._waiting())
        return False

    def _step(self, number):
        run, engine = self._run, self._engine
        given, errors = engine.replies.values, engine.replies.errors
        self._ready.remove(number)
        task = self._tasks[number]
        engine.running, engine.rows.step = number, run.steps + 1
        is_over = is_blocked = False
        try:
            value = task.throw(errors.pop(number)) if number in errors else task.send(given.pop(number, None))
        except StopIteration as over:
            is_over, value = True, over.value
        except Exception as error:
            run.steps += 1
            run.error = error
            self._end("threw", "%s raised %s: %s." % (self._names[number], type(error).__name__, error))
            return
        run.steps += 1
        if is_over:
            self._returned[number] = value
            engine.ended(number, "returned", value)
        else:
            is_blocked = self._serve(number, value)
        engine.running = None
        self._take_woken()
        if not is_over and not is_blocked:
            self._ready.append(number)
        self._hand_over(engine.take_next())
        engine.wake_due(self.now())
        self._take_woken()
        engine.rows.entries = []
        if self._invariant is not None and not self._invariant():
            self._end("invariant", "The invariant does not hold after step %d." % run.steps)
        elif is_over and self._until == "first":
            self._end("first")

    def _serve(self, task, value):
        """Gives whether the task waits now."""
        if hasattr(value, "add_done_callback"):
            raise cotasks.RequestError(
                "In step %d %s waits for a future, which a replay cannot do." % (self._run.steps, self._names[task])
            )
        if type(value) is not cotasks.Request:
            return False
        for request in (value, *(value.parts or ())):
            if getattr(request, "owner", None) is self._alone:
                request.owner = self._engine
        return self._engine.serve(task, value)

    def _take_woken(self):
        self._ready += self._engine.woken
        self._engine.woken.clear()

    def _hand_over(self, task):
        if task in self._ready:
            self._ready.remove(task)
            self._ready.insert(0, task)

    def _why_not_ready(self, task):
        if task >= len(self._names):
            return "task %d has not been spawned." % task
        return "%s has ended." % self._names[task] if task in self._returned else "%s waits." % self._names[task]

    def _waiting(self):
        return ", ".join(name for task, name in enumerate(self._names) if task not in self._returned)

    def _depart(self, why):
        if self._run.departure is None:
            self._run.departure = ReplayError(self._run.steps + 1, why)

    def _end(self, how, failure=None):
        self._run.end, self._run.failure = how, failure
