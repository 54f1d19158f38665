"""What a yielded value asks to wait for. Finding out runs no user code."""
import sys

from ..values.objects import class_data, instance_dict, mro, type_name

"""`FORGED` has the tag of a request, but was not made by the module that the program imported. Only asyncio serves `ASYNCIO`, and only the
scheduler of another library serves `FOREIGN`."""
NOTHING, REQUEST, FORGED, FUTURE, ASYNCIO, FOREIGN = range(6)

"""The libraries whose schedulers serve values of a class, by module and class name; None stands for all classes of the module."""
_LIBRARIES = {
    ("simpy.events", "Event"): "SimPy",
    ("twisted.internet.defer", "Deferred"): "Twisted",
    ("trio._core._traps", None): "trio",
}

_MOST = 1_000


class PlainRequest:
    """A request for a yielded future, used if the program has not imported the module that makes requests."""

    __slots__ = ("operation", "object", "value", "parts", "owner")

    def __init__(self, operation, object, value, parts, owner):
        self.operation = operation
        self.object = object
        self.value = value
        self.parts = parts
        self.owner = owner


class Kinds:
    """What the values of a class ask for, determined once for each class."""

    def __init__(self):
        self._request = None
        # An entry refers to its class, so that the id cannot be reused for another one.
        self.known = {}

    def learn_request(self, kind):
        """Sets the class of the requests that the module `cotasks` makes."""
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
        if kind is self._request or kind is PlainRequest:
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
    """The library whose scheduler serves values of a class, or None."""
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
    """The class of `concurrent.futures` futures; None if the program has not imported it and so cannot have any."""
    module = sys.modules.get("concurrent.futures._base")
    return instance_dict(module).get("Future") if module is not None else None
