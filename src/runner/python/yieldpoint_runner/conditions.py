"""The conditions of an `advance`: after which step it is to end. Most steps are told by their yield point alone to meet none."""
import ast

from .control import Interruption, clock, door
from .failures import RequestError
from .module import compiled, run
from .points import delegates, suspended, variables
from .preview import preview

_ANYWHERE = range(65_536)
"""An expression that wrote to a descriptor takes longer than this, in seconds; most others do not."""
_QUICK = 1e-6


class Conditions:
    """
    `checks` is empty where there are none, `reach` holds the numbers of the yield points where some condition may hold, `met` the first condition that a step met, as
    the answer tells it.
    """

    def __init__(self, wanted, tasks, scope, runner):
        self._control = runner.control
        self._recorder = runner.recorder
        self._output = runner.output
        self._points = runner.points
        self._known = 0
        self.checks = []
        self._lines = []
        self._deep = set()
        for condition in wanted:
            self._add(condition, tasks, scope)
        everywhere = any(reach is _ANYWHERE for _, _, _, reach, _ in self.checks)
        self.reach = _ANYWHERE if everywhere else set()
        self._learn()
        self.met = None
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
        """Finds the first condition that a step met; runs the user's expressions. Where the task is over, `point` is 0."""
        for number, owner, line, reach, test in self.checks:
            concerns = (owner is None or owner == task.number) and (point in reach or self._is_beneath(task, line))
            if concerns and (test is None or self._holds(number, test, value)):
                if self.met is None:
                    self.met = {"id": number}
                return True
        return False

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
        return {"ran": ran, "stopped": stopped, **({"condition": self.met} if self.met is not None else {})}

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
        test = None if expression is None else _test(expression, task, scope, look)
        self.checks.append((condition["id"], owner, line, reach, test))

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
    def _holds(self, number, test, value):
        """What an expression prints belongs to the step just recorded. One that raises holds, and so does one that hangs."""
        began = clock()
        self._control.is_between_slices = True
        try:
            holds = True if test(value) else False
        except BaseException as error:
            self._failed(number, error, clock() - began)
            holds = True
        finally:
            self._control.is_between_slices = False
        if clock() - began > _QUICK:
            self._output.collect(self._recorder.steps)
        return holds

    def _failed(self, number, error, seconds):
        self.is_interrupted = type(error) is Interruption
        self.met = {"id": number, "problem": _problem(error.after(seconds) if self.is_interrupted else error)}


def _problem(error):
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
        # One namespace, since what an expression nests (a lambda, a comprehension) sees no other locals.
        return run(code, {**generator.gi_frame.f_globals, **variables(generator), "value": value})

    return test


def _without_locals(in_module, value):
    """The locals of a task that is over are gone: an expression about them does not hold, and nothing is wrong with it."""
    try:
        return in_module(value)
    except NameError:
        return False
