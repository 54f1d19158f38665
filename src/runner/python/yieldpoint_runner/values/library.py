"""Previews of objects of the interpreter and the standard library whose content is not in an attribute. Each function returns the
brackets, the number of parts, and the parts as pairs of prefix and value. Only code of the library itself is called."""
import gc
import re
import sys
from array import array
from functools import partial
from itertools import chain, repeat
from types import MappingProxyType

from .objects import class_data, name_of

_partial_parts = [getattr(partial, name).__get__ for name in ("func", "args", "keywords")]


def _slice(value, _kind):
    bounds = [value.start, value.stop] + ([] if value.step is None else [value.step])
    return ("slice(", ")"), len(bounds), zip(repeat(""), bounds)


def _match(value, _kind):
    parts = [("span=", value.span())]
    if type(value.string) in (str, bytes):
        parts.append(("match=", value.group()))
        parts += [("%s=" % name, group) for name, group in value.groupdict().items()]
    return ("<Match ", ">"), len(parts), parts


def _array(value, kind):
    length = array.__len__(value)
    typecode = array.typecode.__get__(value)
    return ("%s(%r, [" % (name_of(kind), typecode), "])"), length, zip(repeat(""), map(array.__getitem__, repeat(value), range(length)))


def _partial(value, kind):
    function, args, keywords = [part(value) for part in _partial_parts]
    named = dict.items(keywords) if isinstance_of(keywords, dict) else ()
    parts = [("", function)] + [("", arg) for arg in args]
    parts += [(name + "=" if type(name) is str else "", item) for name, item in named]
    return (name_of(kind) + "(", ")"), len(parts), parts


def _proxy(value, _kind):
    inside = [each for each in gc.get_referents(value) if isinstance_of(each, dict)]
    items = dict.items(inside[0]) if inside else ()
    return ("mappingproxy({", "})"), len(items), (((repr(key) if type(key) in (str, int) else "…") + ": ", item) for key, item in items)


def isinstance_of(value, kind):
    """Whether an object is an instance of a class. Does not consult `__class__`, which the object may override."""
    return issubclass(type(value), kind)


"""More specific classes come first."""
SHOWN = (
    (slice, _slice),
    (re.Match, _match),
    (array, _array),
    (partial, _partial),
    (MappingProxyType, _proxy),
)


def children(value):
    """The parts of such an object by name; None for other objects."""
    kind = type(value)
    for base, parts in SHOWN:
        if issubclass(kind, base):
            _, _, pairs = parts(value, kind)
            return [(prefix.rstrip("=: ") or str(index), item) for index, (prefix, item) in enumerate(pairs)]
    return None


def hidden_fields(kind):
    """The fields that a dataclass, or a class of the attrs package, excludes from its `repr`."""
    hidden = set()
    fields = class_data(kind, "__dataclass_fields__")
    declared = _of_type(dict.values(fields), "dataclasses", "Field") if type(fields) is dict else ()
    attrs = class_data(kind, "__attrs_attrs__")
    attributes = _of_type(tuple.__iter__(attrs), "attr._make", "Attribute") if issubclass(type(attrs), tuple) else ()
    for known, field in chain(declared, attributes):
        if known["repr"].__get__(field) is False:
            hidden.add(known["name"].__get__(field))
    return hidden


def _of_type(fields, module, name):
    kind = vars(sys.modules[module]).get(name) if module in sys.modules else None
    return ((kind.__dict__, field) for field in fields if type(field) is kind)
