"""Evaluates the expressions of conditions after a step: whether one is true, or differs from its known value."""
import ast

from ..control import Interruption
from ..failures import RequestError
from ..load.module import compiled, run
from ..source.points import namespace
from ..values.preview import preview


def condition_test(expression, owning, scope, look):
    """
    Makes a function of `value` that evaluates an expression: in the module's scope, or with the locals of the generator that `look`
    returns, which is of the task that `owning` returns. A syntax error is raised only when the function is called, like a runtime error. So the run rests there, and the error is
    reported.
    """
    try:
        code = compiled(expression, "evaluate")
    except RequestError as error:
        return _failing(error)
    in_module = _function(expression, scope)
    return in_module if owning is None else _local_test(code, owning, in_module, look)


def _failing(error):
    def test(value):
        raise error

    return test


def _function(expression, scope):
    """The function of `lambda value: expression`, so that scopes nested in the expression see `value` too."""
    tree = ast.parse("lambda value: 0", "<evaluate>", "eval")
    tree.body.body = ast.parse(expression.strip(), "<evaluate>", "eval").body
    return run(compile(tree, "<evaluate>", "eval", dont_inherit=True), scope)


def _local_test(code, owning, in_module, look):
    def test(value):
        if owning().is_over:
            return _without_locals(in_module, value)
        generator = look()
        if generator is None:
            return in_module(value)
        local = namespace(generator)
        local["value"] = value
        return run(code, local)

    return test


def _without_locals(in_module, value):
    """Evaluates an expression with a task's locals. After the task has ended, they no longer exist: the result is false, not an error."""
    try:
        return in_module(value)
    except NameError:
        return False


def code_of(expression):
    """A compiled expression; None if it has a syntax error."""
    try:
        return compiled(expression, "evaluate")
    except RequestError:
        return None


def gives_another(one, code, seen):
    """
    Makes a function that tests whether an expression has another value than `known`. Values are compared as text; None stands for no
    value, if the expression raises or has a syntax error. The known value comes from `evaluate`, so the scope is the same, without `value`.
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
