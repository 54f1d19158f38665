"""Child processes that user code forked. A child has no session. It ends when the user code that forked it ends, as a program does.
It runs no other task, and does not use the wire."""
import atexit
import os
import sys
import threading
import traceback
import warnings
from functools import wraps
from os import _exit

from ..failures import trim


def announce_forks(runner):
    """Makes forked children recognizable."""
    if hasattr(os, "register_at_fork"):
        os.register_at_fork(after_in_child=lambda: _become_child(runner))
        for name in ("fork", "forkpty") if sys.version_info >= (3, 12) else ():
            setattr(os, name, _without_warning(getattr(os, name)))


def _without_warning(fork):
    """From 3.12 on, the interpreter warns of forks in a program with threads. The runner's threads must not cause that warning."""

    @wraps(fork)
    def forking():
        if any(thread is not threading.main_thread() for thread in threading.enumerate()):
            return fork()
        with warnings.catch_warnings():
            warnings.filterwarnings("ignore", "This process .* is multi-threaded", DeprecationWarning)
            return fork()

    return forking


def _become_child(runner):
    runner.wire.abandon()
    runner.output.abandon()
    runner.control.stop()


def end_forked(wire, error):
    """Must be called when user code gives back control, with what it raised, or None. In a forked child, the process ends here."""
    if wire.is_open:
        return
    status = _status_of(error)
    try:
        atexit._run_exitfuncs()
        sys.stdout.flush()
    finally:
        _exit(status)


def _status_of(error):
    if error is None or issubclass(type(error), StopIteration):
        return 0
    if not issubclass(type(error), SystemExit):
        trim(error)
        traceback.print_exception(type(error), error, error.__traceback__)
        return 1
    if error.code is None or type(error.code) is int:
        return (error.code or 0) & 0xFF
    print(error.code, file=sys.stderr)
    return 1
