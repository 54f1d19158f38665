"""What the user asks of a run: the check, the invariant, the watched expressions."""
from types import AsyncGeneratorType, CoroutineType, GeneratorType

from ..control import Interruption, door
from ..load.module import compiled
from ..values.preview import preview

INTERRUPTED = "Interrupted"
_UNKNOWN = {CoroutineType: "coroutine", GeneratorType: "generator", AsyncGeneratorType: "generator"}
"""What says nothing yet of whether something holds."""


class Judging:
    def __init__(self, check, invariant, watches, compile_expression):
        """
        :param compile_expression: gives the code of the invariant
        :raises RequestError: where an expression has a syntax error
        """
        self.check = check
        self.invariant = invariant
        self._check = compiled(check, "evaluate") if check is not None else None
        self._invariant = compile_expression(invariant, "evaluate") if invariant is not None else None
        self.watches = [compiled(watch, "evaluate") for watch in watches]

    @door
    def broken_check(self, scope):
        """Why a run that is over fails the check; None where it does not."""
        try:
            return None if _holds(eval(self._check, scope)) else self.check
        except BaseException as error:
            return "%s: %s" % (self.check, _text_of(error))

    @door
    def broken_invariant(self, scope):
        """Why the program breaks the invariant; None where it does not."""
        try:
            return None if _holds(eval(self._invariant, scope)) else self.invariant
        except BaseException as error:
            return "%s: %s" % (self.invariant, _text_of(error))

    def watched(self, scope):
        """The values of the watched expressions."""
        return [self._watched(watch, scope) for watch in self.watches]

    @door
    def _watched(self, watch, scope):
        try:
            return preview(eval(watch, scope))
        except BaseException as error:
            return _text_of(error)


def _holds(value):
    """
    Whether the value of a check or an invariant says that it holds.

    :raises TypeError: where nobody knows yet what it says
    """
    kind = _UNKNOWN.get(type(value))
    if kind is None:
        return value
    if kind == "coroutine":
        value.close()
    raise TypeError("A %s is no result: nothing waits for it." % kind)


def _text_of(error):
    return INTERRUPTED if type(error) is Interruption else preview(error)
