"""Reports to the session what tasks raise: the whole message, the location, and related errors. This runs no user code."""
from ..failures import frames_of, message_of
from ..values.objects import grouped_in
from ..source.points import position

"""The maximum lengths of a message and of a related error's message, and the maximum number of related errors."""
_MOST_MESSAGE = 10_000
_MOST_RELATED_MESSAGE = 2_000
_MOST_RELATED = 20
_MOST_FRAMES = 10
_DEEPEST = 10

_get_cause = BaseException.__cause__.__get__
_get_context = BaseException.__context__.__get__
_is_suppressed = BaseException.__suppress_context__.__get__


class Throws:
    def __init__(self, wire, points):
        self._wire = wire
        self._points = points

    def tell(self, step, error):
        """Reports what the task of a step raised. Returns the number of the location, 0 if it is unknown."""
        thrown = thrown_of(error)
        self._wire.say({"event": "thrown", "step": step, "thrown": thrown})
        return self._points.number(thrown.get("at"))


def thrown_of(error):
    """The exception, with related errors."""
    return _Description().of(error, _MOST_MESSAGE, 0)


class _Description:
    def __init__(self):
        self._seen = []
        self._left = _MOST_RELATED

    def of(self, error, most, depth):
        self._seen.append(error)
        every = [(name, other) for name, other in _related_to(error) if not any(other is each for each in self._seen)]
        related = []
        for name, other in every if depth < _DEEPEST else ():
            if self._left == 0:
                break
            self._left -= 1
            related.append({"name": name, **self.of(other, _MOST_RELATED_MESSAGE, depth + 1)})
        frames = _places(error)
        thrown = {"message": message_of(error, most), "frames": frames}
        if frames:
            thrown["at"] = frames[0]
        if related:
            thrown["related"] = related
        if len(every) > len(related):
            thrown["omitted"] = len(every) - len(related)
        return thrown


def _related_to(error):
    """The related errors that the interpreter prints. The context is left out if there is a cause or it was suppressed."""
    cause, context = _get_cause(error), _get_context(error)
    if cause is not None:
        yield "__cause__", cause
    elif context is not None and not _is_suppressed(error):
        yield "__context__", context
    for index, inner in enumerate(grouped_in(error)):
        yield "exceptions[%d]" % index, inner


def _places(error):
    """The user's own frames, innermost first."""
    frames = frames_of(error)[::-1][:_MOST_FRAMES]
    return [position(frame.tb_frame.f_code, frame.tb_lineno, frame.tb_lasti) for frame in frames]
