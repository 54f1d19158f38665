"""Standard input of user code. Before a read that has nothing to read yet, the session is told who asks."""
import io
import os
import sys
from functools import wraps
from select import select

from ..control import bare_door, clock
from .watch import place_of


def announce_reads(runner):
    """Watches `sys.stdin`, which `input()` reads too, and `os.read`."""
    asking = _Asking(runner)
    os.read = _watched(os.read, asking)
    stdin = sys.stdin
    if stdin is not None:
        raw = _RawInput(asking)
        raw.name = stdin.name
        text = io.TextIOWrapper(io.BufferedReader(raw), stdin.encoding, stdin.errors, line_buffering=stdin.line_buffering)
        text.mode = stdin.mode
        sys.stdin = sys.__stdin__ = text


def _watched(read, asking):
    @wraps(read)
    def watched(fd, length, /):
        return read(fd, length) if fd else asking.read(read, fd, length)

    return watched


class _RawInput(io.FileIO):
    """The bytes below `sys.stdin`."""

    def __init__(self, asking):
        super().__init__(0, closefd=False)
        self._asking = asking

    def readinto(self, buffer, /):
        return self._asking.read(super().readinto, buffer)

    # These call `readinto`.
    read, readall = io.RawIOBase.read, io.RawIOBase.readall


class _Asking:
    def __init__(self, runner):
        self._runner = runner

    @bare_door
    def read(self, read, *args):
        """Reads. While that waits for a person, nobody hangs, and the time does not count."""
        if self._would_not_block():
            return read(*args)
        control, recorder = self._runner.control, self._runner.recorder
        self._tell()
        control.raise_postponed()
        if not control.is_alone() or not control.inside:
            return read(*args)
        control.inside, began = False, clock()
        try:
            return read(*args)
        finally:
            control.go_on()
            if control.running is not None:
                recorder.leave_out(clock() - began)

    def _would_not_block(self):
        """Whether there is something to read, or the end; also if the descriptor is closed, or nobody can be asked."""
        if not self._runner.wire.is_open:
            return True
        try:
            return bool(select([0], [], [], 0)[0])
        except (OSError, ValueError):
            # On Windows this works only with sockets.
            return os.name == "posix"

    def _tell(self):
        runner, control = self._runner, self._runner.control
        event = {"event": "asks", "step": control.step}
        if control.is_called_by_user():
            runner.send_recorded()
            task, at = control.running, place_of(sys._getframe())
            event.update({} if task is None else {"task": task}, **({} if at is None else {"at": at}))
        else:
            runner.output.collect()
            runner.output.send()
        runner.wire.say(event)
        runner.wire.flush()
