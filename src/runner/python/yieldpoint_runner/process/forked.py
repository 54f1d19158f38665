"""A child process that user code forked. It has no session, so it ends where the user code that forked it ends, as a
program does at its end; but it runs no other task, and leaves the wire alone."""
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
    """Lets children know what they are."""
    if hasattr(os, "register_at_fork"):
        os.register_at_fork(after_in_child=lambda: _become_child(runner))
        for name in ("fork", "forkpty") if sys.version_info >= (3, 12) else ():
            setattr(os, name, _without_warning(getattr(os, name)))


def _without_warning(fork):
    """From 3.12 on the interpreter warns of forks beside threads. Those of the runner are none that the program has."""

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
    """To be called when user code gives back control, with what it raised, or None: the process ends here if it is such a child."""
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
