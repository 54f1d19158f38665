"""Evaluates the expressions of conditions after a step: whether one is true, or differs from its known value."""
import ast

from ..control import Interruption
from ..failures import RequestError
from ..load.module import compiled, run
from ..source.points import namespace
from ..values.preview import preview


def condition_test(expression, task, scope, look):
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


def code_of(expression):
    """An expression, compiled; None where it is none."""
    try:
        return compiled(expression, "evaluate")
    except RequestError:
        return None


def gives_another(one, code, seen):
    """
    A function, too: whether an expression gives another than this: a value shows as a text, and None is nothing, which it gives
    where it raises or is no expression. That came from `evaluate`, so it sees what it sees there, and no `value`.
    """

    def test(_value):
        scope = seen()
        if scope is None:
            return False
        if code is None:
            return one is not None
        try:
            return preview(run(code, scope)) != one
        except Interruption:
            raise
        except BaseException:
            return one is not None

    return test
