"""Calls a function before each instruction that is a switch point: `sys.monitoring` from Python 3.12 on, a trace function before."""
import sys
from _thread import get_ident
from sys import _getframe

from ..source.points import keep_locals
from .body import BODIES, is_importing

"""The tools that nobody has reserved: debuggers take 0, coverage 1, profilers 2 and the optimizer 5."""
_TOOLS = (4, 3)


class Monitoring:
    """Code without switch points is as fast as ever, after its first call."""

    def __init__(self, points):
        self._points = points
        self._monitoring = monitoring = sys.monitoring
        self._tool = next(tool for tool in _TOOLS if monitoring.get_tool(tool) is None)
        monitoring.use_tool_id(self._tool, "yieldpoint")
        monitoring.register_callback(self._tool, monitoring.events.PY_START, self._begins)
        monitoring.register_callback(self._tool, monitoring.events.INSTRUCTION, self._comes_to)
        monitoring.set_events(self._tool, monitoring.events.PY_START)

    def enter(self):
        """A thread of a task begins."""

    def leave(self):
        """It ends."""

    def _begins(self, code, _offset):
        if self._points.of(code, _getframe(1).f_globals) is not None:
            self._monitoring.set_local_events(self._tool, code, self._monitoring.events.INSTRUCTION)
        return self._monitoring.DISABLE

    def _comes_to(self, code, offset):
        frame = _getframe(1)
        point = self._points.of(code, frame.f_globals).get(offset)
        if point is None:
            return self._monitoring.DISABLE
        body = BODIES.get(get_ident())
        if body is not None:
            _reach(body, point, frame)


class Tracing:
    """Of each thread of a task. An exception from a trace function ends the tracing of its thread."""

    def __init__(self, points):
        self._points = points
        keep_locals()

    def enter(self):
        sys.settrace(self._called)

    def leave(self):
        sys.settrace(None)

    def _called(self, frame, _event, _argument):
        if self._points.of(frame.f_code, frame.f_globals) is None:
            return None
        frame.f_trace_opcodes, frame.f_trace_lines = True, False
        return self._happens

    def _happens(self, frame, event, _argument):
        if event == "opcode":
            point = self._points.of(frame.f_code, frame.f_globals).get(frame.f_lasti)
            if point is not None:
                _reach(BODIES[get_ident()], point, frame)
        return self._happens


def _reach(body, point, frame):
    """A thread stands at a switch point. While it imports a module it does not give way: the importer holds a lock that others may need."""
    if not body.is_free and not is_importing(frame):
        body.give(point)
        body.threads.touches(point)


Hooks = Monitoring if hasattr(sys, "monitoring") else Tracing
