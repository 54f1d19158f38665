"""The threads beside the main thread. One reads the requests, so that a pause or the end of the session takes effect while user code
runs. The other reports user code that hangs."""
import sys
import threading
from queue import SimpleQueue
from time import sleep

from ..control import clock, innermost_user_frame
from ..failures import is_user_file
from ..source.points import code_name
from .wire import die, requests

_GLANCE_EVERY = 0.2
_HUNG_AFTER = 2.0
_REPORT_EVERY = 1.0


def start(wire, output, control):
    """Starts both threads. Returns the queue of requests for the main thread."""
    queue = SimpleQueue()
    threading.Thread(target=_receive, args=(wire, control, queue), daemon=True, name="yieldpoint requests").start()
    watch = _Watch(wire, output, control)
    threading.Thread(target=watch.run, daemon=True, name="yieldpoint watch").start()
    return queue


def _receive(wire, control, queue):
    try:
        _serve(wire, control, queue)
    finally:
        die()


def _serve(wire, control, queue):
    for request in requests():
        method = None if request is None else request.get("method")
        if method == "pause":
            control.pause()
        elif method == "interrupt":
            control.interrupt(request.get("request"))
        elif method == "advance":
            control.note_advance()
        if method in ("pause", "interrupt", "ping"):
            wire.say({"id": request.get("id"), "ok": True, "result": {}})
            wire.flush()
        else:
            queue.put(request)


class _Watch:
    def __init__(self, wire, output, control):
        self._wire = wire
        self._output = output
        self._control = control
        self._main = threading.main_thread().ident
        self._seen = None
        self._since = 0.0
        self._reported = 0.0

    def run(self):
        """Checks at regular intervals, without end."""
        while True:
            sleep(_GLANCE_EVERY)
            self._glance()

    def _glance(self):
        control = self._control
        beat = (control.entries, control.count_steps(), control.step) if control.inside else None
        now = clock()
        if beat is None or beat == self._seen:
            self._pass_on_output()
        if beat is None or beat != self._seen:
            self._seen, self._since, self._reported = beat, now, 0.0
        if now - self._since >= max(_HUNG_AFTER, self._reported + _REPORT_EVERY):
            self._reported = now - self._since
            self._report(control.step, self._reported)

    def _pass_on_output(self):
        """Sends what the user's threads print between slices, and what a long slice has printed so far."""
        self._output.collect()
        self._output.send()
        self._wire.flush()

    def _report(self, step, seconds):
        event = {"event": "hung", "step": step, "millis": round(1000 * seconds)}
        task = self._control.running_task()
        if task is not None:
            event["task"] = task
        at = place_of(sys._current_frames().get(self._control.user_thread or self._main))
        if at is not None:
            event["at"] = at
        self._control.ask_to_flush()
        self._pass_on_output()
        self._wire.say(event)
        self._wire.flush()


def place_of(frame):
    """Where the innermost of the user's frames is; None if there is none."""
    frame = innermost_user_frame(frame, is_user_file)
    if frame is None:
        return None
    code = frame.f_code
    return {"file": code.co_filename, "line": frame.f_lineno, "function": code_name(code)}
