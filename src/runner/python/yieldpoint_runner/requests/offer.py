"""The module `cotasks` for the program: where an import finds it, and the way from there to the engine."""
import os
import sys
import threading
from importlib.util import spec_from_file_location
from types import ModuleType

from ..waiting.messages import message_of

_PACKAGE = os.path.join(os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__)))), "cotasks")


class Finder:
    """Finds the module for an import that finds none of that name of the user's own."""

    @staticmethod
    def find_spec(name, _path=None, _target=None):
        if name != "cotasks":
            return None
        return spec_from_file_location(name, os.path.join(_PACKAGE, "__init__.py"), submodule_search_locations=[_PACKAGE])


class Offer(ModuleType):
    """What `cotasks` finds in place of a scheduler of its own. `owner` is the engine of the instance that is loaded."""

    def __init__(self, control):
        super().__init__("_cotasks_host")
        self._control = control
        self._main = threading.get_ident()
        self._creating = threading.Lock()
        self._requests = None
        self.classes = None
        self.owner = None
        sys.modules[self.__name__] = self
        sys.meta_path.append(Finder)

    def serve(self, requests):
        """From now on new resources and requests are of this instance."""
        self._requests = requests
        self.owner = requests.engine
        if self.classes is not None:
            requests.learn(self.classes)

    def attach(self, *classes):
        """The module was loaded: its classes of requests and of errors, `closed`, its class of tasks."""
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
        """A plain call. One from another thread is made between two slices; no thread but the main one can hold a mutex."""
        requests = self._requests
        if owner is not requests.engine:
            raise message_of(requests, "otherOwner")
        if threading.get_ident() != self._main:
            if what == "release" and requests.engine.resources.list[number].kind == "mutex":
                requests.engine.resources.release(number, None)
            requests.post(lambda: requests.call(what, number, None))
            return
        control = self._control
        requests.engine.rows.step = control.step
        requests.call(what, number, control.running)
        if not control.inside:
            requests.bell.set()
        control.raise_postponed()

    def now(self):
        return self._requests.now() / 1000
