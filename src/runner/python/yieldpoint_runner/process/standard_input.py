"""Standard input of user code. Before a read that has nothing to read yet, the session is told who asks."""
import io
import os
import select
import sys
from functools import wraps

from ..control import bare_door, clock
from .watch import place_of

_DESCRIPTOR = 0


def announce_reads(runner):
    """Watches `sys.stdin`, which `input()` reads too, and `os.read`."""
    asking = _Asking(runner)
    _replace_stdin(asking)
    os.read = _watched(os.read, asking)


def _replace_stdin(asking):
    stdin = sys.stdin
    if stdin is None:
        return
    raw = _RawInput(asking)
    raw.name = stdin.name
    text = io.TextIOWrapper(io.BufferedReader(raw), stdin.encoding, stdin.errors, line_buffering=stdin.line_buffering)
    text.mode = stdin.mode
    sys.stdin = sys.__stdin__ = text


def _watched(read, asking):
    @bare_door
    @wraps(read)
    def watched(fd, length, /):
        if fd != _DESCRIPTOR or asking.would_not_block():
            return read(fd, length)
        with asking:
            return read(fd, length)

    return watched


class _RawInput(io.FileIO):
    """The bytes below `sys.stdin`."""

    def __init__(self, asking):
        super().__init__(_DESCRIPTOR, closefd=False)
        self._asking = asking

    @bare_door
    def readinto(self, buffer, /):
        if self._asking.would_not_block():
            return super().readinto(buffer)
        with self._asking:
            return super().readinto(buffer)

    # These call `readinto`.
    read, readall = io.RawIOBase.read, io.RawIOBase.readall


class _Asking:
    """A read that may block. Meanwhile nobody hangs, and the time does not count."""

    def __init__(self, runner):
        self._runner = runner
        self._began = None

    def would_not_block(self):
        """Whether there is something to read, or the end; also if the descriptor is closed, or nobody can be asked."""
        if not self._runner.wire.is_open:
            return True
        try:
            return bool(select.select([_DESCRIPTOR], [], [], 0)[0])
        except (OSError, ValueError):
            # On Windows this works only with sockets.
            return os.name == "posix"

    def __enter__(self):
        runner = self._runner
        control = runner.control
        self._tell()
        control.raise_postponed()
        if control.is_alone() and control.inside:
            control.inside, self._began = False, clock()

    def __exit__(self, *_error):
        runner, began = self._runner, self._began
        if began is None or not runner.control.is_alone():
            return
        self._began = None
        runner.control.go_on()
        if runner.control.running is not None:
            runner.recorder.leave_out(clock() - began)

    def _tell(self):
        runner = self._runner
        control = runner.control
        event = {"event": "asks", "step": control.step}
        if control.is_alone():
            runner.send_recorded()
            task = control.running
            if task is not None:
                event["task"] = task
            at = place_of(sys._getframe())
            if at is not None:
                event["at"] = at
        else:
            runner.output.collect()
            runner.output.send()
        runner.wire.say(event)
        runner.wire.flush()
