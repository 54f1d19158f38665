"""The conditions of an `advance`: after which step it is to end. Most steps are told by their yield point alone to meet none."""
import ast

from .control import Interruption, clock, door
from .failures import RequestError
from .module import compiled, run
from .points import delegates, namespace, suspended
from .preview import preview

_ANYWHERE = range(65_536)
"""An expression that wrote to a descriptor takes longer than this, in seconds; most others do not."""
_QUICK = 1e-6


class Conditions:
    """
    `checks` is empty where there are none, `reach` holds the numbers of the yield points where some condition may hold. `met` is the
    first condition that a step met of those that end a plan, as the answer tells it, `noted` the last step that met one of the others.
    """

    def __init__(self, wanted, tasks, scope, runner):
        self._control = runner.control
        self._recorder = runner.recorder
        self._output = runner.output
        self._points = runner.points
        self._known = 0
        self.checks = []
        self._noted = []
        self._ending = []
        self._lines = []
        self._deep = set()
        for condition in wanted:
            self._add(condition, tasks, scope)
        everywhere = any(reach is _ANYWHERE for _, _, _, reach, _ in self.checks)
        self.reach = _ANYWHERE if everywhere else set()
        self._learn()
        self.met = None
        self.noted = None
        self.is_interrupted = False

    def locate(self, generator):
        """The number of a generator's yield point, as `Points` gives it; takes note of new ones."""
        number = self._points.locate(generator)
        if self._points.count != self._known:
            self._learn()
        if self._deep and self.reach is not _ANYWHERE and any(self._points.line(each) in self._deep for each in suspended(generator)):
            self.reach.add(number)
        return number

    def meet(self, task, point, value):
        """
        Looks which conditions a step met, and says whether the plan is to end; runs the user's expressions. Where the task is over,
        `point` is 0.
        """
        if self._noted:
            self._note(task, point, value)
        if self.met is None:
            self.met = self._first(self._ending, task, point, value)
        return self.met is not None

    def meet_once(self, task, point, value):
        """The same, outside of the loops."""
        if self.checks:
            self._control.enter()
            self.meet(task, point, value)
            self._control.leave()

    @property
    def stopped(self):
        """Why a plan ends of which a step met a condition; None where none did."""
        if self.met is None:
            return None
        return "interrupted" if self.is_interrupted else "condition"

    def answer(self, ran, stopped):
        """The answer to a request that let tasks run."""
        told = {"ran": ran, "stopped": stopped, "condition": self.met, "noted": self.noted}
        return {name: item for name, item in told.items() if item is not None}

    def _add(self, condition, tasks, scope):
        owner, line = condition.get("task"), condition.get("line")
        expression = condition.get("expression")
        reach = _ANYWHERE if line is None else set()
        if line is not None:
            line = (line["file"], line["line"])
            self._lines.append((line, reach))
            if delegates(*line):
                self._deep.add(line)
        task = tasks.get(owner)
        look = None if task is None else lambda: self._look(task, line)
        test = None
        if expression is not None and "isNot" in condition:
            test = _other_text(expression, condition["isNot"], scope, look)
        elif expression is not None:
            test = _test(expression, task, scope, look)
        check = (condition["id"], owner, line, reach, test)
        self.checks.append(check)
        (self._noted if condition.get("noted") else self._ending).append(check)

    def _note(self, task, point, value):
        """An interrupt of one that is only noted ends the plan as well."""
        met = self._first(self._noted, task, point, value)
        if self.is_interrupted:
            self.met = met
        elif met is not None:
            self.noted = self._recorder.steps

    def _first(self, checks, task, point, value):
        """The first of these conditions that a step met, as the answer tells it."""
        for number, owner, line, reach, test in checks:
            if (owner is None or owner == task.number) and (point in reach or self._is_beneath(task, line)):
                met = {"id": number} if test is None else self._judged(number, test, value)
                if met is not None:
                    return met
        return None

    def _is_beneath(self, task, line):
        """Whether a task is suspended at a line further out than with its innermost yield point."""
        return line in self._deep and any(self._points.line(each) == line for each in suspended(task.iterator))

    def _look(self, task, line):
        """The generator whose locals an expression is about: the one at the line that is wanted, or else the innermost."""
        chain = suspended(task.iterator)
        if line in self._deep:
            chain = [each for each in chain if self._points.line(each) == line] or chain
        return chain[-1] if chain else None

    def _learn(self):
        for number, line in enumerate(self._points.lines_after(self._known), self._known + 1):
            for wanted, reach in self._lines:
                if line == wanted:
                    reach.add(number)
                    if self.reach is not _ANYWHERE:
                        self.reach.add(number)
        self._known = self._points.count

    @door
    def _judged(self, number, test, value):
        """What an expression prints belongs to the step just recorded. One that raises holds, and so does one that hangs."""
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


def _test(expression, task, scope, look):
    """
    A function of `value`: in the module's scope, or among the locals of the generator that `look` gives. What is no expression fails
    where it is to be evaluated, as one that raises does: so the run rests there, and it is told which.
    """
    try:
        code = compiled(expression, "evaluate")
    except RequestError as error:
        return _failing(error)
    in_module = _function(expression, scope)
    return in_module if task is None else _local_test(code, task, in_module, look)


def _failing(error):
    def test(value):
        raise error

    return test


def _function(expression, scope):
    """The function that `lambda value: expression` makes, so that what the expression nests sees `value` too."""
    tree = ast.parse("lambda value: 0", "<evaluate>", "eval")
    tree.body.body = ast.parse(expression.strip(), "<evaluate>", "eval").body
    return run(compile(tree, "<evaluate>", "eval", dont_inherit=True), scope)


def _local_test(code, task, in_module, look):
    def test(value):
        if task.is_over:
            return _without_locals(in_module, value)
        generator = look()
        if generator is None:
            return in_module(value)
        local = namespace(generator)
        local["value"] = value
        return run(code, local)

    return test


def _without_locals(in_module, value):
    """The locals of a task that is over are gone: an expression about them does not hold, and nothing is wrong with it."""
    try:
        return in_module(value)
    except NameError:
        return False


def _other_text(expression, text, scope, look):
    """
    A function, too: whether the value of an expression shows as another text than this one. That came from `evaluate`, so the
    expression sees what it sees there, and no `value`. What it raises is no value, and what is no expression has none.
    """
    try:
        code = compiled(expression, "evaluate")
    except RequestError:
        return lambda value: False

    def test(_value):
        generator = look() if look is not None else None
        try:
            return preview(run(code, scope if generator is None else namespace(generator))) != text
        except Interruption:
            raise
        except BaseException:
            return False

    return test
