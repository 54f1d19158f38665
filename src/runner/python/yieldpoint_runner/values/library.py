"""Previews of objects of the interpreter and the standard library whose content is not in an attribute. Each function returns the
brackets, the number of parts, and the parts as pairs of prefix and value. Only code of the library itself is called."""
import _thread
import gc
import operator
import re
import sys
import types
from array import array
from collections import ChainMap
from functools import partial
from itertools import chain, count, repeat
from weakref import ref

from .leaves import LEAVES, is_long
from .objects import attributes, class_attribute, class_data, instance_dict, name_of

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
    if length == 0:
        return ("%s(%r" % (name_of(kind), typecode), ")"), 0, ()
    return ("%s(%r, [" % (name_of(kind), typecode), "])"), length, zip(repeat(""), map(array.__getitem__, repeat(value), range(length)))


def _partial(value, kind):
    function, args, keywords = [part(value) for part in _partial_parts]
    named = dict.items(keywords) if isinstance_of(keywords, dict) else ()
    parts = [("", function)] + [("", arg) for arg in args]
    parts += [(name + "=" if type(name) is str else "", item) for name, item in named]
    return (name_of(kind) + "(", ")"), len(parts), parts


def behind(proxy):
    """The mapping that a mappingproxy shows."""
    return gc.get_referents(proxy)[0]


def is_chain_map(kind):
    """Whether a class is that of chained maps, without asking its metaclass as `issubclass` would."""
    return type.__subclasscheck__(ChainMap, kind)


def chain_map(value, kind):
    """The maps of a chain, in the form of the other functions."""
    maps = instance_dict(value).get("maps")
    maps = maps if type(maps) is list else []
    return (name_of(kind) + "(", ")"), len(maps), zip(repeat(""), maps)


def isinstance_of(value, kind):
    """Whether an object is an instance of a class. Does not consult `__class__`, which the object may override."""
    return issubclass(type(value), kind)


"""More specific classes come first."""
SHOWN = (
    (slice, _slice),
    (re.Match, _match),
    (array, _array),
    (partial, _partial),
)


def children(value):
    """The parts of such an object by name; None for other objects."""
    kind = type(value)
    for base, parts in SHOWN:
        if issubclass(kind, base):
            _, _, pairs = parts(value, kind)
            return [(prefix.rstrip("=: ") or str(index), item) for index, (prefix, item) in enumerate(pairs)]
    return None


"""Types whose `repr` shows only what they refer to."""
_TRANSPARENT = {
    id(kind)
    for kind in (
        count,
        repeat,
        operator.itemgetter,
        operator.attrgetter,
        operator.methodcaller,
        getattr(types, "GenericAlias", None),
        getattr(types, "UnionType", None),
    )
}
_LOCK_TEXTS = {id(kind): kind.__repr__ for kind in (_thread.LockType, _thread.RLock)}
_dereferenced = ref.__call__


def told(value, kind):
    """The preview of such an object that is best told as a whole; None for other objects."""
    if id(kind) in _TRANSPARENT:
        return repr(value) if all(map(_is_plain, gc.get_referents(value))) else None
    if issubclass(kind, ref):
        target = _dereferenced(value)
        return "<weakref; dead>" if target is None else "<weakref to %r>" % name_of(type(target))
    if id(kind) in _LOCK_TEXTS:
        # The address in the text differs from run to run.
        text = _LOCK_TEXTS[id(kind)](value)
        held = re.search(r" count=([1-9]\d*)", text)
        return "<%s %s%s>" % (text[1:].split(" ", 1)[0], name_of(kind), held.group(0) if held else "")
    return _number_of(value, kind)


def _is_plain(value):
    """Whether the `repr` of a value is short and runs no user code."""
    kind = type(value)
    if kind is tuple:
        return len(value) <= _MOST_PLAIN and all(map(_is_plain, value))
    if kind is int:
        return value.bit_length() <= _MOST_PLAIN
    return kind is type or (id(kind) in LEAVES and not is_long(value))


_MOST_PLAIN = 64


def _number_of(value, kind):
    """The value of a decimal number whose class is derived from that of the library."""
    decimal = vars(sys.modules["decimal"]).get("Decimal") if "decimal" in sys.modules else None
    if type(decimal) is not type or not issubclass(kind, decimal):
        return None
    return "%s(%s)" % (name_of(kind), decimal.__repr__(value)[:_LONGEST_NUMBER])


_LONGEST_NUMBER = 100


def declared(value, kind):
    """The attributes of an object. A field of a dataclass that has not been set has the value that its class has."""
    own = attributes(value)
    fields = class_data(kind, "__dataclass_fields__")
    if type(fields) is not dict:
        return own
    rest = dict(own)
    found = []
    for known, field in _of_type(dict.values(fields), "dataclasses", "Field"):
        # Variables of the class are listed in the same way.
        if known["_field_type"].__get__(field) is not vars(sys.modules["dataclasses"]).get("_FIELD"):
            continue
        name = known["name"].__get__(field)
        item = rest.pop(name, _UNSET) if name in rest else class_attribute(kind, name, _UNSET)
        if item is not _UNSET:
            found.append((name, item))
    return found + list(rest.items())


_UNSET = object()


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
