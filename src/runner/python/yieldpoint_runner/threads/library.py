"""What `threading`, `queue` and `time` do otherwise where a task calls them: threads are tasks, and a wait is that of a task."""
import _thread
import queue
import threading
import time
from _thread import allocate_lock
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
    # They have got hold of the real clock before it was replaced.
    _put(threading, "_time", lambda _plain: _monotonic)
    _put(queue, "time", lambda _plain: _monotonic)
    for name in ("start_new_thread", "start_new"):
        _put(_thread, name, _start_new)
    _put(time, "sleep", _sleep)


def running(thread, call):
    """Gives what a call gives. Meanwhile the calling thread is, to the program, this one."""
    ident = thread._ident = threading.get_ident()
    if hasattr(thread, "_set_native_id"):
        thread._set_native_id()
    end = _begun(thread)
    with threading._active_limbo_lock:
        threading._active[ident] = thread
    try:
        return call()
    finally:
        with threading._active_limbo_lock:
            del threading._active[ident]
        end()


def _begun(thread):
    """Has the program see that a thread has started. Gives what is to be called when it ends."""
    thread._started._flag = True
    if hasattr(thread, "_handle"):
        thread._handle = threading._make_thread_handle(thread._ident)
        return thread._handle._set_done
    thread._is_stopped = False
    lock = thread._tstate_lock = allocate_lock()
    lock.acquire()
    return lock.release


def _monotonic():
    return time.monotonic()


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


def _start_new(plain):
    @wraps(plain)
    def start_new_thread(function, args, kwargs=None):
        body = current()
        if body is None:
            return plain(function, args) if kwargs is None else plain(function, args, kwargs)
        thread = threading.Thread(target=function, args=args, kwargs=kwargs, name=getattr(function, "__name__", None), daemon=True)
        thread.start()
        return thread.ident

    return start_new_thread


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
