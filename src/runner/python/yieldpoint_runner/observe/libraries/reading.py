"""Reads the classes and objects of libraries without running code of theirs, nor of the program."""
import os
import sys
from types import FunctionType

from ...values.objects import class_dicts, instance_dict, mro, own_reader

_NOTHING = {}


def names_of(module):
    """The names in a module; empty if the program has not imported it."""
    return instance_dict(sys.modules.get(module))


def class_in(module, name):
    """A class of a module, or None."""
    kind = names_of(module).get(name)
    return kind if issubclass(type(kind), type) else None


def is_kind(kind, base):
    """Whether a class is derived from another one, without asking a metaclass. None is no base."""
    return base is not None and any(each is base for each in mro(kind))


def own(value):
    """The own attributes of an object; empty if they are in no plain dict, so that no method of one can run."""
    found = instance_dict(value)
    return found if type(found) is dict else _NOTHING


class Readers:
    """Reads the own attributes of objects as `own` does, but quicker: what reads those of a class is looked for once."""

    def __init__(self):
        self._known = {}

    def own(self, value):
        kind = type(value)
        known = self._known.get(id(kind))
        if known is None:
            # The class is kept alive with its id.
            known = self._known[id(kind)] = (own_reader(kind), kind)
        found = known[0](value)
        return found if type(found) is dict else _NOTHING


def code_at(names, path):
    """The code of a function or a method of a module, given by its path, such as `Lock.acquire`; None if there is none."""
    holder, _, name = path.rpartition(".")
    if not holder:
        function = names.get(path)
    else:
        kind = names.get(holder)
        dicts = class_dicts(kind) if issubclass(type(kind), type) else ()
        function = next((namespace[name] for namespace in dicts if name in namespace), None)
    function = function.__func__ if type(function) is staticmethod else function
    # A decorator may have wrapped it.
    while type(function) is FunctionType and "__wrapped__" in function.__dict__:
        function = function.__dict__["__wrapped__"]
    return function.__code__ if type(function) is FunctionType else None


class KnownCode:
    """The code of a library that is told of, looked for once each. Code objects are kept alive with their ids."""

    def __init__(self, table, packages):
        """
        :param table: what functions do, by their modules and their paths in them
        :param packages: the names of the packages with a dot, by the names of their folders
        """
        self._table = table
        self._packages = packages
        self._known = {}

    def does(self, code):
        """An entry of the table, or None."""
        known = self._known.get(id(code))
        if known is None:
            known = self._known[id(code)] = (self._looked_up(code), code)
        return known[0]

    def _looked_up(self, code):
        folder, file = os.path.split(code.co_filename)
        package = self._packages.get(os.path.basename(folder))
        if package is None:
            return None
        module = file[: -len(".py")]
        names = names_of(package + module)
        return next((does for path, does in self._table.get(module, {}).items() if code_at(names, path) is code), None)
