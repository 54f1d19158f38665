"""The threads of one program."""
import ast
import builtins
import threading
from _thread import get_ident, start_new_thread
from functools import lru_cache, partial
from types import FunctionType

from ..failures import RequestError
from ..load.module import run
from .body import ThreadBody
from .hooks import Hooks
from .library import replace, running
from .pool import Pool
from .switch_points import SwitchPoints

_LONGEST_NAME = 40


class Threads:
    """`engine` is that of the instance that runs, `marks` what is told of the accesses of slices, or None. `children` are the bodies of threads that the program has started, with the threads, by their ids."""

    def __init__(self, control, kind):
        """
        :param kind: `accesses` or `lines`, as in `load`
        """
        self.control = control
        self.hooks = Hooks(SwitchPoints(kind))
        self.engine = None
        self.marks = None
        self.children = {}
        self._known = None

    def reuse(self):
        """From now on, threads are used again for other tasks."""
        if self._known is None:
            self._known = {}
            self.start = Pool().start

    def start(self, job):
        """Runs a function in a thread."""
        start_new_thread(job, ())

    def begin(self, engine):
        """An instance of the program is about to be loaded."""
        self.engine = engine
        self.children = {}
        replace()

    def body(self, call, code, scope):
        """
        The body of a task that runs a call.

        :param call: its text
        :param code: its code
        :raises RequestError: if it is no call, or calls what has no name in the scope
        """
        name, function = _called(call.strip(), scope)
        return ThreadBody(self, partial(self._run, name, partial(run, code, scope)), name, function and function.__code__)

    def _run(self, name, call):
        """Makes a call in a thread that has a name, as the program sees it."""
        if self._known is None:
            return running(threading.Thread(name=name, daemon=False), call)
        thread = self._known.get(get_ident())
        if thread is None:
            thread = self._known[get_ident()] = threading.Thread(daemon=False)
        thread.name = name
        return running(thread, call)

    def touches(self, point):
        """The slice that has begun makes the access that a switch point stands for."""
        if self.marks is not None and point.place is not None:
            (self.marks.writes if point.is_write else self.marks.reads).add(self.marks.place(point.place))

    def end(self, bodies):
        """The instance is over: ends its threads. Their `finally` blocks run."""
        for body in bodies:
            try:
                body.close()
            except BaseException:
                # Whoever listened is gone with the instance.
                pass

    def release(self, number):
        """Gives back a lock, on behalf of whoever holds it."""
        resource = self.engine.resources.list[number]
        task = self._running() if resource.kind == "semaphore" else resource.holder
        self.engine.resources.release(number, task)

    def _running(self):
        return self.control.running if self.engine.running is None else self.engine.running


def _called(call, scope):
    """The name of the function that a call calls, and the function, if it can be told without running anything."""
    name = _callee(call)
    if name is None:
        message = "%s is no call of a function." % _shortened(call)
        raise RequestError("call", message, remedy="Write a call, as in add(): the thread makes it when it first runs.")
    found = scope.get(name)
    if found is None and name.isidentifier() and name not in scope and not hasattr(builtins, name):
        raise RequestError("call", "NameError: name '%s' is not defined" % name, remedy="Correct the call.")
    if type(found) is FunctionType:
        return found.__qualname__.rpartition("<locals>.")[2], found
    return name, None


@lru_cache(maxsize=1_000)
def _callee(call):
    """What a call calls, as text; None for any other expression."""
    node = ast.parse(call, mode="eval").body
    if not isinstance(node, ast.Call):
        return None
    if node.func.end_lineno != 1:
        return _shortened(call)
    return _shortened(call.encode()[: node.func.end_col_offset].decode())


def _shortened(text):
    return text if len(text) <= _LONGEST_NAME else text[: _LONGEST_NAME - 1] + "…"
