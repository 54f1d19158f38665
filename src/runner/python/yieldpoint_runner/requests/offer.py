"""The host module that `cotasks` finds when it is imported, and through which the program reaches the engine."""
import sys
import threading
from functools import partial
from types import ModuleType

from ..control import clock
from ..waiting.messages import message_of
from .finder import CotasksFinder

"""Rows are sent in the middle of a slice once there are more than this, because one slice can make any number of them."""
_MOST_ROWS = 1024 * 1024


class Offer(ModuleType):
    """`owner` is the engine of the loaded instance."""

    def __init__(self, control):
        super().__init__("_cotasks_host")
        self._control = control
        self._creating = threading.Lock()
        self._requests = None
        self._calls = {}
        self.classes = None
        self.owner = None
        sys.modules[self.__name__] = self
        sys.meta_path.append(CotasksFinder)

    def withdraw(self):
        """Lets `cotasks` be as it is without a runner."""
        sys.modules.pop(self.__name__, None)
        sys.meta_path[:] = [each for each in sys.meta_path if each is not CotasksFinder]

    def serve(self, requests):
        """Makes new resources and requests belong to this instance from now on."""
        self._requests = requests
        self.owner = engine = requests.engine
        self._calls = {
            "release": engine.release,
            "set": engine.resources.set_event,
            "clear": engine.resources.clear_event,
            "close": engine.resources.close_channel,
        }
        if self.classes is not None:
            requests.learn(self.classes)

    def attach(self, *classes):
        """Called when the module was loaded, with its classes of requests and errors, `closed`, and its class of tasks."""
        self.classes = classes
        self._requests.learn(classes)

    def create(self, kind, held, count, name):
        """Makes a resource; gives its number."""
        resources = self._requests.engine.resources
        with self._creating:
            if kind == "mutex":
                return resources.mutex(held, name)
            if kind == "semaphore":
                return resources.semaphore(held, count, name)
            return resources.channel(count, name) if kind == "channel" else resources.event(name)

    def part(self, given):
        """A part of `any` or `all`: a request, or a future."""
        return self._requests.part(given)

    def call(self, owner, what, number):
        """A call without a yield. From another thread it takes effect between two slices, and it cannot release a mutex."""
        began = clock()
        engine = self.owner
        if owner is not engine:
            raise message_of(self._requests, "otherOwner")
        self._requests.used(number)
        if not self._control.is_alone():
            if what == "release" and engine.resources.list[number].kind == "mutex":
                engine.resources.release(number, None)
            self._requests.post(partial(self._calls[what], number))
        elif engine.running is not None:
            self._calls[what](number)
            self._requests.spend(engine.rows.step, clock() - began)
        else:
            self._call_outside(what, number)
        if len(engine.rows.entries) > 4 * _MOST_ROWS:
            self._requests.flush()
        self._control.raise_postponed()

    def _call_outside(self, what, number):
        """Makes a call when no loop has set the engine's running task."""
        control, engine = self._control, self.owner
        engine.rows.step, engine.running = control.step, control.running
        try:
            self._calls[what](number)
        finally:
            engine.running = None
        if not control.inside:
            control.bell.set()

    def now(self):
        return self._requests.now() / 1000
