"""What a yielded value asks to wait for. No user code runs to find out."""
import sys

from ..values.objects import class_data, instance_dict, mro, type_name

"""`FORGED` has the mark of a request, but was not made by the module that the program imported. `ASYNCIO` is what only asyncio serves,
`FOREIGN` what only the scheduler of another library does."""
NOTHING, REQUEST, FORGED, FUTURE, ASYNCIO, FOREIGN = range(6)

"""The classes of what other schedulers serve, and their libraries, by module and name; None stands for all classes of a module."""
_LIBRARIES = {
    ("simpy.events", "Event"): "SimPy",
    ("twisted.internet.defer", "Deferred"): "Twisted",
    ("trio._core._traps", None): "trio",
}

_MOST = 1_000


class PlainRequest:
    """A request where the program has not imported the module that makes them: for a future that it yields."""

    __slots__ = ("operation", "object", "value", "parts", "owner")

    def __init__(self, operation, object, value, parts, owner):
        self.operation = operation
        self.object = object
        self.value = value
        self.parts = parts
        self.owner = owner


class Kinds:
    """What classes of values ask for, each looked at once."""

    def __init__(self):
        self._request = None
        # The class is kept with it: another one must never get its id.
        self.known = {}

    def learn_request(self, kind):
        """The class of the requests that the module makes."""
        self._request = kind
        self.known.clear()

    def of(self, value):
        """One of the constants above."""
        kind = type(value)
        known = self.known.get(id(kind))
        if known is None:
            if len(self.known) >= _MOST:
                self.known.clear()
            known = self.known[id(kind)] = (self._look(kind), kind)
        return known[0]

    def _look(self, kind):
        if kind is self._request:
            return REQUEST
        if class_data(kind, "__cotasks_request__") is True:
            return FORGED
        future = future_class()
        if future is not None and issubclass(kind, future):
            return FUTURE
        if class_data(kind, "_asyncio_future_blocking") is not None:
            return ASYNCIO
        return NOTHING if library_of(kind) is None else FOREIGN


def library_of(kind):
    """The library whose scheduler serves values of a class; None for all others."""
    if class_data(kind, "_asyncio_future_blocking") is not None:
        return "asyncio"
    for base in mro(kind):
        module = class_data(base, "__module__")
        if type(module) is str:
            library = _LIBRARIES.get((module, type_name(base)), _LIBRARIES.get((module, None)))
            if library is not None:
                return library
    return None


def future_class():
    """The class of futures of threads and processes; None where the program has not imported it, and so has none."""
    module = sys.modules.get("concurrent.futures._base")
    return instance_dict(module).get("Future") if module is not None else None
