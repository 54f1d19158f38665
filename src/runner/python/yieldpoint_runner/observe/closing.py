"""
Sees generators that are closed without running, as Python 3.13 does where nothing in them could notice. No event tells of that but those
of the call, which are asked for only in code that calls something named `close`.
"""
import sys
from types import CoroutineType, GeneratorType

from ..source.suspension import frame_of

_CLOSES = (GeneratorType.close, CoroutineType.close)
_KINDS = (GeneratorType, CoroutineType)


class Closing:
    def __init__(self, slices):
        self._slices = slices
        self._closed = None

    def callbacks(self, events):
        """The events of calls, with what they call."""
        return [(events.CALL, self._calls), (events.C_RETURN, self._returns)] if sys.version_info >= (3, 13) else []

    def look_at(self, code, monitoring, tool):
        """Must be called for code that runs for the first time."""
        if sys.version_info >= (3, 13) and "close" in code.co_names:
            monitoring.set_local_events(tool, code, monitoring.events.CALL)

    def _calls(self, _code, _offset, called, given):
        frame = frame_of(given) if _is_close(called) and type(given) in _KINDS else None
        self._closed = None if frame is None else self._slices.suspended_task(frame)

    def _returns(self, _code, _offset, called, given):
        task, self._closed = self._closed, None
        if task is not None and not task.is_over and _is_close(called) and frame_of(given) is None:
            self._slices.close(task, sys._getframe(1))


def _is_close(called):
    return called is _CLOSES[0] or called is _CLOSES[1]
