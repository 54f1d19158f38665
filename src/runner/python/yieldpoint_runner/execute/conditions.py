"""The conditions of an `advance` request, which end it after a step. For most steps, the yield point alone rules them all
out."""
import os

from ..control import Interruption, clock, door
from ..failures import RequestError
from .judging import code_of, condition_test, gives_another
from ..source.points import delegates, namespace, variables
from ..values.preview import preview
from ..source.suspension import frame_of, suspended

_ANYWHERE = range(65_536)
"""After an expression that took less than this, in seconds, written output is not checked: writing takes longer."""
_QUICK = 1e-6
"""Resolved only once: changing a symbolic link later does not affect loaded code."""
_real_paths = {}


class Conditions:
    """
    `checks` is empty if there are no conditions. `reach` contains the numbers of the yield points where a condition may be met. `met` is
    the first plan-ending condition that a step met, in the form of the answer. `noted` is the last step that met another condition.
    """

    def __init__(self, wanted, tasks, module, runner):
        self._main = module
        self._control = runner.control
        self._recorder = runner.recorder
        self._output = runner.output
        self._points = runner.points
        self._observation = runner.observation
        self._known = 0
        self.checks = []
        self._noted = []
        self._ending = []
        self._lines = []
        self._modules = []
        self._deep = set()
        self._resumed = None
        self._driver = None
        for condition in wanted:
            self._add(condition, tasks)
        everywhere = any(reach is _ANYWHERE for _, _, _, reach, _ in self.checks)
        self.reach = _ANYWHERE if everywhere else {0} if any(0 in reach for _, _, _, reach, _ in self.checks) else set()
        self._learn()
        self.met = None
        self.noted = None
        self.is_interrupted = False

    def locate(self, generator):
        """The number of a generator's yield point. Updates `reach` if there are new yield points."""
        number = self._points.locate(generator)
        if self._points.count != self._known:
            self._learn()
        if self._deep and self.reach is not _ANYWHERE and any(self._points.line(each) in self._deep for each in suspended(generator)):
            self.reach.add(number)
        return number

    def locate_recorded(self, generator):
        """
        The same after a step that is recorded already. The first time this takes so long that the watch thread may collect output, which is
        that of the step.
        """
        self._control.is_between_slices = True
        try:
            return self.locate(generator)
        finally:
            self._control.is_between_slices = False

    def may_hold(self, point):
        """Whether a step that ends at a yield point may meet a condition. Updates `reach` if there are new yield points."""
        if self._points.count != self._known:
            self._learn()
        return point in self.reach or bool(self._deep)

    def may_hold_for(self, driver):
        """Whether a step may meet a condition because of who resumed the task: a file and a line, or None."""
        return any(test is None and line is not None and line == driver for _, _, line, _, test in self.checks)

    def meet(self, task, point, value, driver=None):
        """
        Checks which conditions a step met, and returns whether the plan should end. Runs the user's expressions. If the task has ended,
        `point` is 0.

        :param driver: the file and the line of who resumed the task of an observed program
        """
        self._resumed = task
        self._driver = driver
        if self._noted:
            self._note(task, point, value)
        if self.met is None:
            self.met = self._first(self._ending, task, point, value)
        return self.met is not None

    def meet_once(self, task, point, value):
        """Checks conditions outside of the loops."""
        if self.checks:
            self._control.enter()
            self.meet(task, point, value)
            self._control.leave()

    @property
    def stopped(self):
        """Why a condition ends the plan; None if no condition was met."""
        if self.met is None:
            return None
        return "interrupted" if self.is_interrupted else "condition"

    def answer(self, ran, stopped):
        """The answer to a request that resumed tasks."""
        told = {"ran": ran, "stopped": stopped, "condition": self.met, "noted": self.noted}
        return {name: item for name, item in told.items() if item is not None}

    def _add(self, condition, tasks):
        owner, line, module = condition.get("task"), condition.get("line"), condition.get("module")
        expression, scope = condition.get("expression"), self._main.scope
        reach = {0} if "ended" in condition else _ANYWHERE if line is None and module is None else set()
        if module is not None:
            self._modules.append((module, reach))
            if _is_same_file(module, self._main.file):
                reach.add(0)
        if line is not None:
            line = (line["file"], line["line"])
            self._lines.append((line, reach))
            if delegates(*line):
                self._deep.add(line)
        task = tasks.get(owner)
        owning = None
        if task is not None or condition.get("seesLocals"):
            owning = (lambda: self._resumed) if owner is None else (lambda: task)
        test = None
        if expression is not None and "isNot" in condition:
            test = gives_another(condition["isNot"], code_of(expression), self._seen(condition, task, line, reach))
        elif "ended" in condition:
            test = lambda _value: self._resumed.is_over
        elif expression is not None:
            test = condition_test(expression, owning, scope, lambda: self._look(owning(), line))
        check = (condition["id"], owner, line, reach, test)
        self.checks.append(check)
        (self._noted if condition.get("noted") else self._ending).append(check)

    def _note(self, task, point, value):
        """If evaluating a condition that is only noted is interrupted, that ends the plan too."""
        met = self._first(self._noted, task, point, value)
        if self.is_interrupted:
            self.met = met
        elif met is not None:
            self.noted = self._recorder.steps

    def _first(self, checks, task, point, value):
        """The first of these conditions that a step met, in the form of the answer."""
        for number, owner, line, reach, test in checks:
            if (owner is None or owner == task.number) and self._is_at(task, point, line, reach, test):
                met = {"id": number} if test is None else self._judged(number, test, value)
                if met is not None:
                    return met
        return None

    def _is_at(self, task, point, line, reach, test):
        """Whether a task, or who resumed it, is where a condition is about. An expression is about the locals of the task alone."""
        return point in reach or self._is_beneath(task, line) or test is None and line is not None and line == self._driver

    def _is_beneath(self, task, line):
        """Whether any frame of a task except the innermost is suspended at a line."""
        return line in self._deep and any(self._points.line(each) == line for each in task.stack())

    def _look(self, task, line):
        """The generator whose locals an expression sees: the one at the given line, or else the innermost."""
        chain = task.stack()
        if line in self._deep:
            chain = [each for each in chain if self._points.line(each) == line] or chain
        return chain[-1] if chain else None

    def _seen(self, condition, task, line, reach):
        """A function that returns the scope of a watched expression, or None if it should not be evaluated."""
        scope, names = self._main.scope, condition.get("locals")
        if "driver" in condition:
            return lambda: self._observation.scope_if_driven_by(self._resumed, **condition["driver"])
        if "module" in condition:
            return (lambda: scope) if 0 in reach else self._module_scope()
        if task is None:
            return lambda: scope

        def among_locals():
            if names is not None and not self._has_local(task, names):
                return None
            generator = self._look(task, line)
            return scope if generator is None else namespace(generator)

        return among_locals

    def _module_scope(self):
        """The scope of the module in which the resumed task is suspended. Looked up once, since the module is the same each time."""
        known = []

        def seen():
            if not known:
                known.append(frame_of(self._points.innermost(self._resumed.stack())).f_globals)
            return known[0]

        return seen

    def _has_local(self, task, names):
        """Whether the innermost frame that `inspect` lists has one of these locals."""
        innermost = self._points.innermost(task.stack())
        return innermost is not None and not variables(innermost).keys().isdisjoint(names)

    def _learn(self):
        for number, line in enumerate(self._points.lines_after(self._known), self._known + 1):
            at_lines = [reach for wanted, reach in self._lines if line == wanted]
            in_modules = [reach for file, reach in self._modules if _is_same_file(line[0], file)]
            for reach in at_lines + in_modules:
                reach.add(number)
                if self.reach is not _ANYWHERE:
                    self.reach.add(number)
        self._known = self._points.count

    @door
    def _judged(self, number, test, value):
        """Evaluates an expression. Its output belongs to the step just recorded. An expression that raises or hangs counts as true."""
        began = clock()
        self._control.is_between_slices = True
        try:
            met = {"id": number} if test(value) else None
        except BaseException as error:
            met = {"id": number, "problem": self._problem(error, clock() - began)}
        finally:
            self._control.is_between_slices = False
        if clock() - began > _QUICK:
            self._output.collect(self._recorder.steps)
        return met

    def _problem(self, error, seconds):
        self.is_interrupted = type(error) is Interruption
        if self.is_interrupted:
            error.after(seconds)
        return str(error) if type(error) is RequestError else preview(error)


def _is_same_file(one, other):
    """Whether two paths refer to the same file. Either may contain symbolic links."""
    return one == other or _real_path(one) == _real_path(other)


def _real_path(path):
    if path not in _real_paths:
        _real_paths[path] = os.path.realpath(path)
    return _real_paths[path]
