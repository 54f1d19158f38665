"""
The locks of `threading` as resources of the engine. The rest of `threading`, and `queue`, is Python code that is built on locks, so it needs no
replacement. Outside of tasks, a lock is an ordinary one.
"""
import queue
import re
import sys
import threading
from _thread import allocate_lock

from ..control import is_runner_code
from ..failures import is_user_file
from ..requests.awaited import PlainRequest
from ..source import sourcelines
from ..waiting.request import ACQUIRE, ANY, SLEEP
from .body import current
from .switch_points import SwitchPoint

_BUILT_ON_LOCKS = {threading.__file__, queue.__file__}
_ASSIGNED = re.compile(r"\s*([\w.]+)\s*(?::[^=]*)?=[^=]")
_CALLED = re.compile(r"([\w.]+)\.\w+\(")


class Lock:
    """What it is in the engine shows who holds it."""

    def __init__(self):
        self._outside = allocate_lock()
        self._engine = None
        self._number = None
        self._name = _variable(sys._getframe(1))

    def acquire(self, blocking=True, timeout=-1):
        body = current()
        if body is None:
            return self._outside.acquire(blocking, timeout)
        _check(blocking, timeout)
        engine = body.threads.engine
        if not blocking:
            body.give(SwitchPoint("before trying %s" % (self._name or "a lock")))
            if self._is_taken(engine):
                return False
        request = PlainRequest(ACQUIRE, self._resource(engine), None, None, engine)
        if timeout == -1:
            body.give(request)
            return True
        sleep = PlainRequest(SLEEP, timeout, None, None, engine)
        return body.give(PlainRequest(ANY, 0, None, (request, sleep), engine))[0] == 0

    def release(self):
        body = current()
        if body is None:
            self._outside.release()
            return
        engine = body.threads.engine
        if not self._is_taken(engine):
            raise RuntimeError("release unlocked lock")
        body.threads.release(self._resource(engine))

    def locked(self):
        body = current()
        return self._outside.locked() if body is None else self._is_taken(body.threads.engine)

    def __repr__(self):
        state = "locked" if self.locked() else "unlocked"
        return "<%s _thread.lock object at %s>" % (state, hex(id(self)))

    def _at_fork_reinit(self):
        self._outside = allocate_lock()
        self._engine = None

    acquire_lock, release_lock, locked_lock = acquire, release, locked

    def __enter__(self):
        return self.acquire()

    def __exit__(self, *_error):
        self.release()

    def _resource(self, engine):
        """Its number in the engine of the instance that runs."""
        if self._engine is not engine:
            self._engine = engine
            self._number = self._made(engine.resources)
        return self._number

    def _made(self, resources):
        return resources.lock(None, self._name)

    def _is_taken(self, engine):
        return engine.resources.list[self._resource(engine)].holder is not None


class Gate(Lock):
    """The lock at which a thread waits for a condition. Another thread gives it back, so nobody holds it."""

    def __init__(self):
        super().__init__()
        self._name = self._name or _object(sys._getframe(1))

    def _made(self, resources):
        return resources.semaphore(None, 1, self._name)

    def _is_taken(self, engine):
        return engine.resources.list[self._resource(engine)].permits == 0


class _OwnLock(Lock):
    """Only the thread that holds it can release it."""

    def _made(self, resources):
        return resources.mutex(None, self._name)


class ReentrantLock(threading._PyRLock):
    def __init__(self):
        super().__init__()
        self._block = _OwnLock()


def _check(blocking, timeout):
    """As the interpreter's locks do."""
    if not blocking and timeout != -1:
        raise ValueError("can't specify a timeout for a non-blocking call")
    if timeout < 0 and timeout != -1:
        raise ValueError("timeout value must be a non-negative number")
    if timeout > threading.TIMEOUT_MAX:
        raise OverflowError("timeout value is too large")


def _variable(frame):
    """The variable that the user's line assigns, which makes a lock; None if there is none."""
    found = _ASSIGNED.match(_line(frame))
    return found.group(1) if found else None


def _object(frame):
    """The object whose method the user's line calls, which waits for a condition; None if there is none."""
    found = _CALLED.search(_line(frame))
    return found.group(1) if found else None


def _line(frame):
    """The line that has called into the runner or into the modules that are built on locks; empty if it is not the user's."""
    while frame is not None and (is_runner_code(frame.f_code) or frame.f_code.co_filename in _BUILT_ON_LOCKS):
        frame = frame.f_back
    if frame is None or not is_user_file(frame.f_code.co_filename):
        return ""
    return sourcelines.line(frame.f_code.co_filename, frame.f_lineno)
