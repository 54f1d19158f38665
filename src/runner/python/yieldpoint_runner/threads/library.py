"""What `threading`, `queue` and `time` do otherwise where a task calls them: threads are tasks, and a wait is that of a task."""
import queue
import threading
import time
from functools import partial, wraps

from ..requests.awaited import PlainRequest
from ..waiting.request import ANY, JOIN, SLEEP, SPAWN
from .body import ThreadBody, current
from .locks import Gate, Lock, ReentrantLock


def replace():
    """Replaces what was not replaced yet."""
    _put(threading, "_allocate_lock", lambda _plain: Gate)
    _put(threading, "Lock", lambda _plain: Lock)
    _put(threading, "RLock", lambda _plain: ReentrantLock)
    _put(queue, "SimpleQueue", lambda _plain: queue._PySimpleQueue)
    _put(threading.Thread, "start", _start)
    _put(threading.Thread, "join", _join)
    _put(threading.Thread, "is_alive", _is_alive)
    _put(time, "sleep", _sleep)


def running(thread, call):
    """Gives what a call gives. Meanwhile the calling thread is, to the program, this one."""
    ident = thread._ident = threading.get_ident()
    thread._started._flag = True
    with threading._active_limbo_lock:
        threading._active[ident] = thread
    try:
        return call()
    finally:
        with threading._active_limbo_lock:
            del threading._active[ident]


def _put(owner, name, replacement):
    plain = owner.__dict__[name]
    if name not in _ours.get(owner, {}) or _ours[owner][name] is not plain:
        put = replacement(plain)
        _ours.setdefault(owner, {})[name] = put
        setattr(owner, name, put)


_ours = {}


def _start(plain):
    @wraps(plain)
    def start(self):
        body = current()
        if body is None or self._started.is_set():
            return plain(self)
        child = ThreadBody(body.threads, partial(running, self, partial(_run, self)), self.name)
        body.threads.children[id(self)] = (child, self)
        body.give(PlainRequest(SPAWN, 0, child, None, body.threads.engine))

    return start


def _run(thread):
    """As a thread runs. What it raises is printed, and is also how the task ends."""
    try:
        thread.run()
    except SystemExit:
        return
    except GeneratorExit:
        raise
    except BaseException:
        thread._invoke_excepthook(thread)
        raise


def _join(plain):
    @wraps(plain)
    def join(self, timeout=None):
        body, child = current(), _child_of(self)
        if body is None or child is None:
            return plain(self, timeout)
        if child is body:
            raise RuntimeError("cannot join current thread")
        if child.is_over:
            return
        engine = body.threads.engine
        request = PlainRequest(JOIN, child.number, None, None, engine)
        if timeout is not None:
            sleep = PlainRequest(SLEEP, max(0, timeout), None, None, engine)
            request = PlainRequest(ANY, 0, None, (request, sleep), engine)
        try:
            body.give(request)
        except Exception:
            # A request fails as the task has that it waits for; a thread that is joined does not pass on its exception.
            if not child.is_over:
                raise

    return join


def _is_alive(plain):
    @wraps(plain)
    def is_alive(self):
        child = _child_of(self)
        return plain(self) if child is None else not child.is_over

    return is_alive


def _child_of(thread):
    """The body of the task that a thread has become; None if it is not a task."""
    body = current()
    child = body.threads.children.get(id(thread)) if body is not None else None
    return None if child is None else child[0]


def _sleep(plain):
    @wraps(plain)
    def sleep(seconds):
        body = current()
        if body is None or type(seconds) not in (int, float) or seconds < 0:
            return plain(seconds)
        body.give(PlainRequest(SLEEP, seconds, None, None, body.threads.engine))

    return sleep
