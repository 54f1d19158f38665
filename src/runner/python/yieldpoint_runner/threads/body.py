"""
A call in a thread of its own, as what a task is resumed by. All threads pass one baton: whoever resumes a task waits until the task's
thread stands at its next switch point or has ended, and the thread waits until it is resumed again.
"""
import sys
from types import CoroutineType, GeneratorType
from _thread import allocate_lock, get_ident

from ..control import Interruption, bare_door, door
from ..failures import is_user_file
from ..process.remaining import TASKS
from ..source.suspension import frame_of, register_threads, suspended
from ..values.leaves import CALLED

"""The bodies whose threads run, by the identities of the threads."""
BODIES = {}
_RESUMED = (GeneratorType, CoroutineType)
_IMPORTER = "<frozen importlib._bootstrap>"
_YIELDED, _RETURNED, _THREW = range(3)


def current():
    """The body of the task whose thread asks; None outside of tasks."""
    return BODIES.get(get_ident())


class Ended(GeneratorExit):
    """Ends a thread whose task is closed while it waits."""


class ThreadBody:
    """
    `name` is that of the function, `code` its code if that is known before the call is evaluated. `is_free` says that the thread is to run on
    to its end without giving way. `number` is that of its task, once it is one.
    """

    __slots__ = ("name", "code", "is_free", "number", "ident", "threads", "_call", "_go", "_back", "_told", "_given", "_top", "_stack")

    def __init__(self, threads, call, name, code=None):
        """
        :param call: runs the function, and gives what it returns
        """
        self.name = name
        self.code = code
        self.is_free = False
        self.number = None
        self.ident = None
        self.threads = threads
        self._call = call
        self._go, self._back = allocate_lock(), allocate_lock()
        self._go.acquire()
        self._back.acquire()
        self._told = None
        self._given = (False, None)
        self._top = None
        self._stack = None

    def __next__(self):
        return self.send(None)

    def send(self, value):
        """Lets the thread go on to its next switch point; `value` is what a request of the task has given."""
        return self._switch(False, value)

    def throw(self, error):
        """The same, but the thread goes on with an exception."""
        if self.ident is None:
            self._told = (_RETURNED, None)
            raise error
        return self._switch(True, error)

    def close(self):
        """Ends the thread. Its `finally` blocks run, without giving way."""
        if self.ident is None or self.is_over:
            return None
        self.is_free = True
        try:
            self._switch(True, Ended())
        except (StopIteration, GeneratorExit):
            pass

    @property
    def is_over(self):
        return self._told is not None and self._told[0] != _YIELDED

    def give(self, value):
        """Called by the thread itself: the task yields. Gives what it is resumed with, and raises what is thrown into it."""
        if self.is_free:
            raise Ended()
        self._top = sys._getframe(1)
        self._told = (_YIELDED, value)
        self._back.release()
        self._go.acquire()
        self._top = self._stack = None
        is_thrown, given = self._given
        if is_thrown:
            raise given
        return given

    @bare_door
    def _switch(self, is_thrown, given):
        self._given = (is_thrown, given)
        control = self.threads.control
        control.user_thread = self.ident
        if self.ident is None:
            self.threads.start(self._run)
        else:
            self._go.release()
        while True:
            try:
                self._back.acquire()
                break
            except Interruption:
                _raise_in(self.ident)
        control.user_thread = None
        how, value = self._told
        if how == _YIELDED:
            return value
        # An exception keeps the locals of its frames alive.
        self._told = (how, None)
        if how == _RETURNED:
            raise StopIteration(value)
        raise value

    @door
    def _run(self):
        self.ident = self.threads.control.user_thread = get_ident()
        BODIES[self.ident] = self
        TASKS.add(self.ident)
        self.threads.hooks.enter()
        try:
            value = self._call()
            told = (_RETURNED, self._resumed(value) if type(value) in _RESUMED else value)
        except StopIteration as error:
            told = (_THREW, _no_stop(error))
        except BaseException as error:
            told = (_THREW, error)
        self.threads.hooks.leave()
        del BODIES[self.ident]
        TASKS.discard(self.ident)
        self._call = self._given = None
        self._told = told
        self._back.release()

    @door
    def _resumed(self, generator):
        """Runs a generator or a coroutine to its end. What it yields is what the task yields."""
        given = None
        is_error = False
        while True:
            try:
                value = generator.throw(given) if is_error else generator.send(given)
            except StopIteration as end:
                return end.value
            self._stack = [frame_of(each) for each in suspended(generator)]
            try:
                given, is_error = self.give(value), False
            except BaseException as error:
                given, is_error = error, True

    def frames(self):
        """The frames of the user's functions while the thread waits, outermost first."""
        if self._stack is None and self._top is not None:
            self._stack = []
            frame = self._top
            while frame is not None:
                if is_user_file(frame.f_code.co_filename):
                    self._stack.insert(0, frame)
                frame = frame.f_back
        return self._stack or ()

    th_running = property(lambda self: self.ident is not None and not self.is_over and self._top is None)
    th_suspended = property(lambda self: self._top is not None)
    th_frame = property(lambda self: self.frames()[0] if self.frames() else None)
    th_code = property(lambda self: self.frames()[0].f_code if self.frames() else self.code)
    th_callee = property(lambda self: Activation(self, 1) if len(self.frames()) > 1 else None)


class Activation:
    """A function that a thread has called, while the thread waits."""

    __slots__ = ("_body", "_depth")

    def __init__(self, body, depth):
        self._body = body
        self._depth = depth

    th_running = False
    th_suspended = True
    th_frame = property(lambda self: self._body.frames()[self._depth])
    th_code = property(lambda self: self.th_frame.f_code)

    @property
    def th_callee(self):
        inner = self._depth + 1
        return Activation(self._body, inner) if inner < len(self._body.frames()) else None


register_threads(ThreadBody, Activation)
CALLED[id(ThreadBody)] = lambda body: body.name


def is_importing(frame):
    """Whether a module is being imported in this stack."""
    while frame is not None:
        if frame.f_code.co_filename == _IMPORTER:
            return True
        frame = frame.f_back
    return False


def _raise_in(ident):
    """Raises an interruption in another thread, where it comes to its next instruction."""
    import ctypes

    ctypes.pythonapi.PyThreadState_SetAsyncExc(ctypes.c_ulong(ident), ctypes.py_object(Interruption))


def _no_stop(error):
    """A function may raise StopIteration by itself, which here would look like its end."""
    replaced = RuntimeError("the function raised StopIteration")
    replaced.__cause__ = error
    return replaced
