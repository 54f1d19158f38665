"""What classes are, as far as their effects can be known: each is looked at once."""
import sys
from types import FunctionType, GetSetDescriptorType, MemberDescriptorType, MethodDescriptorType, WrapperDescriptorType

from ...failures import is_user_file
from ...values.objects import class_data, instance_dict, mro
from . import known

SCALAR, CONTAINER, ITERATOR, GENERATOR, USER, LIBRARY = range(6)
"""What an attribute is: stored, or found by user code; or by code that cannot be seen into."""
STORED, HIDDEN, CACHED = range(3)
_STORED = (FunctionType, GetSetDescriptorType, MemberDescriptorType, MethodDescriptorType, WrapperDescriptorType, staticmethod, classmethod)
_ABC = "ABCMeta"
_HEAP_SAFE = ("typing", "abc", "_abc", "collections.abc", "contextlib", "enum", "numbers")


class Kinds:
    """`codes` are the code objects of the user's files that are compiled with calls of the runner."""

    def __init__(self, codes):
        self._codes = codes
        # The classes are kept, so that no other one gets the same id.
        self._kinds = {}
        self._attributes = {}

    def of(self, kind):
        """One of the constants above."""
        if mro(kind) is None:
            # A class that is being made.
            return LIBRARY
        known_kind = self._kinds.get(id(kind))
        if known_kind is None:
            known_kind = self._kinds[id(kind)] = (self._look(kind), kind)
        return known_kind[0]

    def is_seen(self, function):
        """Whether a function of Python is compiled with calls of the runner."""
        return id(function.__code__) in self._codes

    def attribute(self, kind, name):
        """How the instances of a class have an attribute."""
        if mro(kind) is None:
            return STORED
        key = (id(kind), name)
        found = self._attributes.get(key)
        if found is None:
            found = self._attributes[key] = (self._look_at_attribute(kind, name), kind)
        return found[0]

    def _look(self, kind):
        if id(kind) in known.SCALARS:
            return SCALAR
        if id(kind) in known.CONTAINERS:
            return CONTAINER
        if id(kind) in known.ITERATORS:
            return ITERATOR
        if id(kind) in known.GENERATORS:
            return GENERATOR
        if issubclass(kind, BaseException) and self._is_plain(kind):
            return SCALAR
        if issubclass(kind, type):
            return SCALAR
        if is_cotasks(kind):
            return SCALAR
        return USER if self._is_plain(kind) else LIBRARY

    def _is_plain(self, kind):
        """Whether all that a class does is seen, or known."""
        meta = type(kind)
        if id(meta) not in known.PLAIN_METACLASSES and meta.__name__ != _ABC and not self._is_users(meta):
            return False
        return all(self._is_users(base) or _brings_nothing(base) for base in mro(kind))

    def _is_users(self, kind):
        module = class_data(kind, "__module__")
        file = instance_dict(sys.modules[module]).get("__file__") if type(module) is str and module in sys.modules else None
        return type(file) is str and is_user_file(file)

    def _look_at_attribute(self, kind, name):
        found = class_data(kind, name)
        if found is None:
            getter = class_data(kind, "__getattr__")
            is_hidden = type(getter) is FunctionType and not self.is_seen(getter)
            return HIDDEN if is_hidden else STORED
        if isinstance(found, property):
            getter = found.fget
            return STORED if type(getter) is not FunctionType or self.is_seen(getter) else HIDDEN
        descriptor = type(found)
        if descriptor in _STORED or class_data(descriptor, "__get__") is None:
            return STORED
        if descriptor.__name__ == "cached_property":
            return CACHED
        getter = class_data(descriptor, "__get__")
        is_seen = type(getter) is FunctionType and self.is_seen(getter)
        return STORED if is_seen or self.of(descriptor) in (USER, SCALAR) or not _is_python(getter) else HIDDEN


def is_cotasks(kind):
    """Whether a class is of the module that makes requests."""
    return class_data(kind, "__module__") == "cotasks"


def _brings_nothing(base):
    if id(base) in known.PLAIN_BASES or id(base) in known.CONTAINERS or id(base) in known.SCALARS:
        return True
    return issubclass(base, BaseException) and id(base) in known.CLASSES or class_data(base, "__module__") in _HEAP_SAFE


def _is_python(function):
    return type(function) is FunctionType
