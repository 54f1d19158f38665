"""Sees generators begin, yield and end, from Python 3.12 on, by `sys.monitoring`: other code is as fast as ever after its first call."""
import sys
from _thread import get_ident
from sys import _getframe

from .closing import Closing
from .resumption import can_be_task

"""The tools that nobody has reserved: debuggers take 0, coverage 1, profilers 2 and the optimizer 5."""
_TOOLS = (4, 3)
_NAME = "yieldpoint"


class Monitoring:
    def __init__(self, slices):
        self._slices = slices
        self._tasks = slices.tasks_by_frame
        self._monitoring = sys.monitoring
        self._disable = sys.monitoring.DISABLE
        self._closing = Closing(slices)
        self._main = get_ident()
        self._known = {}
        self._tool = None

    def start(self):
        """Begins to watch what this thread runs."""
        monitoring, events = self._monitoring, self._monitoring.events
        self._tool = next(tool for tool in _TOOLS if monitoring.get_tool(tool) is None)
        monitoring.use_tool_id(self._tool, _NAME)
        for event, callback in self._every(events):
            monitoring.register_callback(self._tool, event, callback)
        monitoring.set_events(self._tool, sum(event for event, _ in self._callbacks(events)))

    def stop(self):
        """Ends it. May be called more than once."""
        if self._tool is not None:
            self._monitoring.set_events(self._tool, 0)
            for event, _ in self._every(self._monitoring.events):
                self._monitoring.register_callback(self._tool, event, None)
            self._monitoring.free_tool_id(self._tool)
            self._tool = None

    def _every(self, events):
        return self._callbacks(events) + self._closing.callbacks(events)

    def _callbacks(self, events):
        return [
            (events.PY_START, self._begins),
            (events.PY_RESUME, self._goes_on),
            (events.PY_THROW, self._is_thrown_into),
            (events.PY_YIELD, self._yields),
            (events.PY_RETURN, self._returns),
            (events.PY_UNWIND, self._raises),
        ]

    def _is_watched(self, code):
        known = self._known.get(id(code))
        if known is None:
            # The code object is kept alive, so that no other one gets the same id.
            known = self._known[id(code)] = (can_be_task(code), code)
            self._closing.look_at(code, self._monitoring, self._tool)
        return known[0]

    def _begins(self, code, _offset):
        if not self._is_watched(code):
            if not self._slices.libraries.tells_at_its_begin(code):
                return self._disable
            if get_ident() == self._main:
                self._slices.begins_in(_getframe(1))
        elif get_ident() == self._main:
            self._slices.enter(_getframe(1), True)

    def _goes_on(self, code, _offset):
        frame = _getframe(1)
        task = self._tasks.get(id(frame))
        if task is not None and get_ident() == self._main and self._slices.resume(frame, task):
            return None
        if not self._is_watched(code):
            return self._disable
        # What is resumed within a slice is none of its own.
        if self._slices.entry is None and get_ident() == self._main:
            self._slices.enter(frame, False)

    def _is_thrown_into(self, code, _offset, error):
        if self._is_watched(code) and get_ident() == self._main:
            self._slices.enter(_getframe(1), False, error)

    def _yields(self, code, _offset, value):
        frame = _getframe(1)
        if self._slices.suspend(frame, frame.f_lasti, value):
            return None
        if not self._is_watched(code):
            # A coroutine of a library yields at an instruction either None or what it waits for.
            if value is None or self._slices.libraries.does(code) is None:
                return self._disable
            if get_ident() == self._main:
                self._slices.yields_in(frame, value)
        elif get_ident() == self._main:
            self._slices.leave(frame, "yielded", value)

    def _returns(self, code, _offset, value):
        if not self._is_watched(code):
            if not self._slices.libraries.tells_at_its_end(code):
                return self._disable
            if get_ident() == self._main:
                self._slices.returns_in(_getframe(1), value)
        elif get_ident() == self._main:
            self._slices.leave(_getframe(1), "returned", value)

    def _raises(self, code, _offset, error):
        if self._is_watched(code) and get_ident() == self._main:
            self._slices.leave(_getframe(1), "threw", error)
