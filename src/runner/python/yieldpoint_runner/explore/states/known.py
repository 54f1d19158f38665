"""What is known of the interpreter's own objects, modules and names: those that have no state, or show all of it."""
import dis
from types import CodeType

from .. import tracking

LEAVES = {type(None), bool, int, float, complex, bytes, range}

"""Their `__reduce__` tells how far they are."""
ITERATORS = {
    *(type(iter(each)) for each in ([], (), range(1), range(1 << 70, (1 << 70) + 1), "a", "ä", b"", {}, {}.values(), {}.items())),
    type(reversed([])),
    reversed,
    enumerate,
    zip,
    map,
    filter,
}

"""Classes that user classes are made from, and whose objects have nothing but attributes."""
PLAIN = {("abc", "ABC"), ("typing", "Generic"), ("typing", "Protocol"), ("enum", "Enum"), ("enum", "IntEnum"), ("enum", "ReprEnum")}

NAMES_OF_MODULE = {
    *("__name__", "__doc__", "__package__", "__loader__", "__spec__", "__file__", "__cached__", "__builtins__", "__path__"),
    *("__dict__", "__weakref__", "__module__", "__qualname__", "__firstlineno__", "__static_attributes__"),
}

_MODULES = set(
    "__future__ _abc _collections _collections_abc _functools _heapq _operator _typing abc bisect _bisect builtins cmath collections collections.abc "
    "contextlib copy dataclasses enum fractions functools heapq itertools json math numbers operator re statistics string textwrap types typing".split()
)
"""Of the runner's own functions, those that changed code calls: they may be on the stack of a generator, and keep nothing of the program."""
_HOOKS = tracking.__name__ + "."
_OUTSIDE = {"open", "input", "exec", "eval", "compile", "__import__", "globals", "locals", "vars", "breakpoint"}
_hidden = {}
_names = {}
"""The flags of coroutines and asynchronous generators."""
_IS_ASYNC = 0x80 | 0x200


def is_known_module(name):
    """Whether the functions of a module have no state."""
    return name in _MODULES or type(name) is str and name.startswith(_HOOKS)


def hidden_in(code):
    """What code does that no variable shows; None if there is nothing."""
    known = _hidden.get(id(code))
    if known is None:
        # The code object is kept, so that no other gets the same id.
        known = _hidden[id(code)] = code, _hidden_in(code)
    return known[1]


def names_in(code):
    """The names of variables of modules, and of attributes, that code uses."""
    known = _names.get(id(code))
    if known is None:
        inner = (names_in(each) for each in code.co_consts if type(each) is CodeType)
        known = _names[id(code)] = code, frozenset(code.co_names).union(*(names for names in inner))
    return known[1]


def _hidden_in(code):
    names = sorted(_OUTSIDE.intersection(code.co_names))
    if names:
        return "the name %s in %s" % (names[0], code.co_name)
    if code.co_flags & _IS_ASYNC:
        return "the asynchronous function %s" % code.co_name
    if any(each.opname == "IMPORT_NAME" for each in dis.get_instructions(code)):
        return "an import in %s" % code.co_name
    inner = (hidden_in(each) for each in code.co_consts if type(each) is CodeType)
    return next(filter(None, inner), None)
