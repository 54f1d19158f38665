"""
Sees generators begin, yield and end before Python 3.12, by `sys.settrace`, for this thread. A profile function would not learn which
exception ends a generator, nor tell a generator that yields None from one that an exception leaves at the same `yield`.
"""
import dis
from sys import exc_info, gettrace, settrace

from .resumption import can_be_task

_RETURN = dis.opmap["RETURN_VALUE"]
_ITERATIONS = {dis.opmap[name] for name in ("FOR_ITER", "SEND", "YIELD_FROM") if name in dis.opmap}
"""The instruction with which a generator begins from 3.11 on."""
_RESUME = dis.opmap.get("RESUME")


class Tracing:
    """
    `_others` are the ids of code that is not watched, `_waiting` those of a library's code that waits. `_raised` are the exceptions that have
    reached a frame, by its id, while nothing shows that it has caught them. `_handled` are those that it handles, which it may raise again without an event, and `_outer` the ids of
    those that its callers handled at the first of them. `_suspended` are the ids of frames that are suspended in a handler.
    """

    def __init__(self, slices, resumptions):
        self._slices = slices
        self._tasks = slices.tasks_by_frame
        self._resumptions = resumptions
        self._known = {}
        self._others = set()
        self._waiting = set()
        self._raised = {}
        self._handled = {}
        self._outer = {}
        self._suspended = set()
        self._local = self._happens

    def start(self):
        """Begins to watch what this thread runs."""
        settrace(self._called)

    def stop(self):
        """Ends it. May be called more than once."""
        if getattr(gettrace(), "__self__", None) is self:
            settrace(None)

    def _is_watched(self, code):
        known = self._known.get(id(code))
        if known is None:
            # The code object is kept alive, so that no other one gets the same id.
            known = self._known[id(code)] = (can_be_task(code), code)
            if not known[0]:
                (self._others if self._slices.libraries.does(code) is None else self._waiting).add(id(code))
        return known[0]

    def _called(self, frame, _event, _arg):
        if id(frame.f_code) in self._others:
            return None
        # What is resumed within a slice, and was seen to begin, is none of its own.
        if frame.f_trace is not None and self._slices.entry is not None and not self._suspended:
            return frame.f_trace
        key = id(frame)
        task = self._tasks.get(key)
        if task is None or self._suspended or not self._slices.resume(frame, task):
            if not self._is_watched(frame.f_code):
                return self._wait_in(frame) if id(frame.f_code) in self._waiting else None
            self._enter(frame, key)
        return self._local

    def _enter(self, frame, key):
        is_first, is_handling = _is_first(frame), key in self._suspended
        self._suspended.discard(key)
        # A handler that ends within a line is not seen to end.
        error = exc_info()[1] if is_handling and not is_first else None
        frame.f_trace_lines = error is not None
        if error is not None:
            self._handled[key] = (error, error.__traceback__)
            self._outer[key] = id(None)
        self._slices.enter(frame, is_first)

    def _wait_in(self, frame):
        frame.f_trace_lines = False
        if self._slices.libraries.tells_at_its_begin(frame.f_code):
            self._slices.begins_in(frame)
        return self._may_wait

    def _may_wait(self, frame, event, arg):
        if event == "return" and arg is not None:
            if self._resumptions.is_suspension(frame.f_code, frame.f_lasti):
                self._slices.yields_in(frame, arg)
            elif self._slices.libraries.tells_at_its_end(frame.f_code):
                self._slices.returns_in(frame, arg)
        return self._may_wait

    def _happens(self, frame, event, arg):
        if event == "return":
            at = frame.f_lasti
            if self._outer:
                self._returns(frame, arg, id(frame))
            elif not self._slices.suspend(frame, at, arg):
                if self._resumptions.is_suspension(frame.f_code, at):
                    self._slices.leave(frame, "yielded", arg)
                else:
                    self._returns(frame, arg, id(frame))
        elif event == "exception":
            self._meets(frame, id(frame), *arg)
        elif event == "line":
            self._goes_on(frame, id(frame))
        return self._local

    def _meets(self, frame, key, kind, error, traceback):
        if kind is GeneratorExit:
            self._slices.exits(frame)
        if not _is_end_of_iteration(frame, kind):
            self._outer.setdefault(key, id(exc_info()[1]))
            self._raised[key] = self._handled[key] = (error, traceback)
            # The next line is that of what catches it.
            frame.f_trace_lines = True

    def _goes_on(self, frame, key):
        if self._raised.pop(key, None) is not None:
            return
        error = exc_info()[1]
        if error is None or id(error) == self._outer[key]:
            del self._handled[key]
            frame.f_trace_lines = False
        else:
            self._handled[key] = (error, error.__traceback__)

    def _returns(self, frame, value, key):
        if self._outer.pop(key, None) is not None:
            frame.f_trace_lines = False
        self._leaves(frame, value, self._raised.pop(key, None), self._handled.pop(key, None))

    def _leaves(self, frame, value, raised, handled):
        code, at = frame.f_code, frame.f_lasti
        is_return = code.co_code[at] == _RETURN
        if is_return or value is not None or raised is None and self._resumptions.is_suspension(code, at):
            if handled is not None and not is_return:
                self._suspended.add(id(frame))
            self._slices.leave(frame, "returned" if is_return else "yielded", value)
            return
        error, traceback = raised or handled or (RuntimeError("not seen"), None)
        # The interpreter sets it when somebody catches the exception.
        BaseException.__traceback__.__set__(error, traceback)
        self._slices.leave(frame, "threw", error)


def _is_first(frame):
    code, at = frame.f_code.co_code, frame.f_lasti
    return at < 0 or _RESUME is not None and code[at] == _RESUME and code[at + 1] == 0


def _is_end_of_iteration(frame, kind):
    """Whether an exception only tells a loop, or an `await`, that something is over."""
    return kind is StopIteration and frame.f_code.co_code[frame.f_lasti] in _ITERATIONS
