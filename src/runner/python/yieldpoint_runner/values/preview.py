"""A bounded preview of any value in Python's own notation. No user code runs: no `__repr__`, no `__len__`, no
`__getattr__`. What is left out is counted."""
import sys
from collections import Counter, OrderedDict, defaultdict, deque
from enum import Enum
from itertools import islice, repeat
from types import MappingProxyType, ModuleType

from . import library
from .leaves import CALLED, LEAVES, LONGEST_TEXT, quote
from .objects import class_data, defines, instance_dict, name_of
from .plans import MOST_CHILDREN, PLANS, planned

_LONGEST = 200
_LONGEST_INNER = 80
_DEEPEST = 2

_exception_args = BaseException.args.__get__
_factory = defaultdict.default_factory.__get__
_maxlen = deque.maxlen.__get__

"""Standard library types whose `repr` is bounded and runs no user code, by name, with their modules."""
_OPEN_BOOKS = {
    "date": "datetime",
    "datetime": "datetime",
    "time": "datetime",
    "timedelta": "datetime",
    "timezone": "datetime",
    "Decimal": "decimal",
    "Fraction": "fractions",
    "UUID": "uuid",
    "PosixPath": "pathlib",
    "PurePosixPath": "pathlib",
    "WindowsPath": "pathlib",
    "PureWindowsPath": "pathlib",
    "Pattern": "re",
}


def preview(value):
    """The preview of a value, at most about 200 characters long."""
    kind = type(value)
    if kind is str:
        return quote(value)
    if kind is bool or kind is float or value is None:
        return repr(value)
    try:
        return _describe(value, _LONGEST, 0, ())
    except Exception:
        return "(no preview)"


def _describe(value, room, depth, above):
    kind = type(value)
    whole = LEAVES.get(id(kind)) or CALLED.get(id(kind))
    if whole:
        return whole(value)
    parts = _EXACT.get(id(kind))
    if parts is None:
        plan = PLANS.get(id(kind))
        parts = None if plan is None else plan.parts
    if parts is None:
        text = _unparted(value, kind)
        if text is not None:
            return text
    brackets, count, children = parts(value, kind) if parts else _opened(value, kind)
    if id(value) in above:
        return "%s...%s" % brackets
    if depth > _DEEPEST and count > 0:
        return "%s…%s" % brackets
    return _join(brackets, count, children, room, depth + 1, above + (id(value),))


def _unparted(value, kind):
    if issubclass(kind, type):
        return "<class %s>" % name_of(value)
    if issubclass(kind, ModuleType):
        return "<module %s>" % str(instance_dict(value).get("__name__"))[:LONGEST_TEXT]
    if not _is_from(kind, _OPEN_BOOKS.get(name_of(kind), "")):
        return library.told(value, kind)
    if name_of(kind) in ("datetime", "time") and value.tzinfo is not None:
        zone = value.tzinfo
        if not (_is_from(type(zone), "datetime") or _is_from(type(zone), "zoneinfo")):
            return "%s, tzinfo=<%s object>)" % (repr(value.replace(tzinfo=None))[:-1], name_of(type(zone)))
    return repr(value)[:LONGEST_TEXT]


def _is_from(kind, module):
    """Whether a class is the one with its name in a loaded module."""
    loaded = sys.modules.get(module)
    return loaded is not None and instance_dict(loaded).get(name_of(kind)) is kind


def _opened(value, kind):
    """The notation of a value with parts: its brackets, the number of parts, and the parts as pairs of prefix and value."""
    if issubclass(kind, Enum):
        own = instance_dict(value)
        name = own.get("_name_")
        # A combination of flags may have no name.
        return ("<%s%s: " % (name_of(kind), "." + name if type(name) is str else ""), ">"), 1, [("", own.get("_value_"))]
    if issubclass(kind, BaseException):
        args = _exception_args(value)
        return (name_of(kind) + "(", ")"), len(args), _plain(args)
    for base, parts in _PARTS + library.SHOWN:
        if issubclass(kind, base):
            return parts(value, kind)
    if library.is_chain_map(kind):
        return library.chain_map(value, kind)
    is_data = defines(kind, "__dataclass_fields__") or defines(kind, "__attrs_attrs__")
    return _data(value, kind) if is_data else planned(kind).parts(value, kind)


def _plain(items):
    return zip(repeat(""), items)


def _wrapped(kind, base, opening, closing):
    return (opening, closing) if kind is base else (name_of(kind) + "(" + opening, closing + ")")


def _list(value, kind):
    return _wrapped(kind, list, "[", "]"), list.__len__(value), _plain(list.__iter__(value))


def _tuple(value, kind):
    length, items = tuple.__len__(value), tuple.__iter__(value)
    fields = class_data(kind, "_fields") if kind is not tuple else None
    if type(fields) is tuple and len(fields) == length and all(type(field) is str for field in fields):
        return (name_of(kind) + "(", ")"), length, ((field + "=", item) for field, item in zip(fields, items))
    return _wrapped(kind, tuple, "(", ",)" if length == 1 else ")"), length, _plain(items)


def _dict(value, kind):
    return _wrapped(kind, dict, "{", "}"), dict.__len__(value), _entries(dict.items(value))


def _default(value, kind):
    factory = _describe(_factory(value), _LONGEST_INNER, _DEEPEST, ())
    return ("%s(%s, {" % (name_of(kind), factory), "})"), dict.__len__(value), _entries(dict.items(value))


def _counter(value, kind):
    length = dict.__len__(value)
    return (name_of(kind) + ("({" if length else "("), "})" if length else ")"), length, _entries(dict.items(value))


def _ordered(value, kind):
    brackets, length, _ = _counter(value, kind)
    return brackets, length, _entries(OrderedDict.items(value))


def _proxy(value, _kind):
    inside = library.behind(value)
    if not library.isinstance_of(inside, dict):
        return ("mappingproxy(", ")"), 1, [("", inside)]
    return ("mappingproxy({", "})"), dict.__len__(inside), _entries(dict.items(inside))


def _entries(items):
    return ((_describe(key, _LONGEST_INNER, _DEEPEST, ()) + ": ", item) for key, item in items)


def _set(value, kind):
    length = set.__len__(value)
    brackets = ("{", "}") if length and kind is set else (name_of(kind) + ("({" if length else "("), "})" if length else ")")
    return brackets, length, _plain(set.__iter__(value))


def _frozenset(value, kind):
    length = frozenset.__len__(value)
    brackets = (name_of(kind) + ("({" if length else "("), "})" if length else ")")
    return brackets, length, _plain(frozenset.__iter__(value))


def _deque(value, kind):
    most = _maxlen(value)
    closing = "])" if most is None else "], maxlen=%d)" % most
    return (name_of(kind) + "([", closing), deque.__len__(value), _plain(deque.__iter__(value))


def _view(value, kind):
    items = kind.__iter__(value)
    return (name_of(kind) + "([", "])"), kind.__len__(value), _plain(items)


def _text(value, kind):
    return (name_of(kind) + "(", ")"), 1, [("", str.__str__(value))]


def _number(value, kind):
    return (name_of(kind) + "(", ")"), 1, [("", int.__int__(value))]


def _float(value, kind):
    return (name_of(kind) + "(", ")"), 1, [("", float.__float__(value))]


def _complex(value, kind):
    return (name_of(kind) + "(", ")"), 1, [("", complex.__add__(value, 0))]


def _bytes(value, kind):
    return (name_of(kind) + "(", ")"), 1, [("", bytes.__getitem__(value, slice(None)))]


def _bytearray(value, kind):
    return (name_of(kind) + "(", ")"), 1, [("", bytearray(memoryview(value)[: LONGEST_TEXT + 1]))]


_PARTS = (
    (list, _list),
    (tuple, _tuple),
    (OrderedDict, _ordered),
    (defaultdict, _default),
    (Counter, _counter),
    (dict, _dict),
    (MappingProxyType, _proxy),
    (set, _set),
    (frozenset, _frozenset),
    (deque, _deque),
    (type({}.keys()), _view),
    (type({}.values()), _view),
    (type({}.items()), _view),
    (str, _text),
    (int, _number),
    (float, _float),
    (complex, _complex),
    (bytes, _bytes),
    (bytearray, _bytearray),
)


_EXACT = {id(base): parts for base, parts in _PARTS if base is not OrderedDict}


def _data(value, kind):
    """The notation of an object of a dataclass, or of a class of the attrs package."""
    hidden = library.hidden_fields(kind)
    parts = [(name, item) for name, item in library.declared(value, kind) if name not in hidden]
    return (name_of(kind) + "(", ")"), len(parts), ((name + "=", item) for name, item in parts)


def _join(brackets, count, children, room, depth, above):
    """Parts between brackets, as many as fit, with the number of those left out."""
    text, closing = brackets
    shown = 0
    for prefix, child in islice(children, MOST_CHILDREN):
        left = min(_LONGEST_INNER, room - len(text))
        whole = LEAVES.get(id(type(child)))
        part = None if left <= 0 else prefix + (whole(child) if whole else _describe(child, left, depth, above))
        if part is None or (shown > 0 and len(text) + len(part) > room):
            break
        text += ", " + part if shown else part
        shown += 1
    if shown == count:
        return text + closing
    return "%s%s… %d more%s" % (text, ", " if shown else "", count - shown, closing.lstrip(","))
