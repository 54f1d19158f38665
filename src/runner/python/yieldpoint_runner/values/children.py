"""The children of values, page by page, for a tree that is expanded on demand, and the handles with which they are requested. As
in previews, no user code runs."""
from collections import OrderedDict, defaultdict, deque
from itertools import islice
from types import MappingProxyType, ModuleType

from . import library
from ..failures import RequestError, raised_at
from .leaves import is_leaf, is_long
from .objects import attribute_name, attributes, class_dicts, grouped_in, instance_dict
from .preview import preview

_MOST_AT_ONCE = 1_000
_get_cause = BaseException.__cause__.__get__
_get_context = BaseException.__context__.__get__
_get_args = BaseException.args.__get__
_get_maxlen = deque.maxlen.__get__
_get_factory = defaultdict.default_factory.__get__


class Handles:
    def __init__(self):
        self._values = {}
        self._next = 1

    def value(self, value):
        """A value with its preview, and a handle if it has children."""
        if is_leaf(value):
            return {"text": preview(value)}
        handle = self._next
        self._next += 1
        self._values[handle] = value
        return {"text": preview(value), "handle": handle}

    def expand(self, handle, start, count):
        """The children from index `start`, up to `count` of them."""
        if handle not in self._values:
            message = "There is no value %d, or it was of an earlier step." % handle
            raise RequestError("bad-request", message, remedy="Inspect the task again.")
        total, children = _children(self._values[handle])
        page = islice(children, start, start + min(count, _MOST_AT_ONCE))
        return {"properties": [{"name": name, "value": self._child(child)} for name, child in page], "total": total}

    def clear(self):
        """Invalidates all handles before a step, since values may change, and so that objects are not kept alive."""
        self._values.clear()

    def _child(self, child):
        if type(child) is _Piece:
            return {"text": child.text, "piece": True}
        return {"text": child.text} if type(child) is _Text else self.value(child)


class _Text:
    """A text in place of a child's value."""

    __slots__ = ("text",)

    def __init__(self, text):
        self.text = text


class _Piece(_Text):
    """Part of a text that is too long for its preview."""

    __slots__ = ()


_PIECE_LENGTH = 1_000


def _pieces(text):
    for start in range(0, len(text), _PIECE_LENGTH):
        piece = text[start : start + _PIECE_LENGTH]
        yield "%d–%d" % (start, start + len(piece) - 1), _Piece(repr(piece))


def _children(value):
    """The number of children, and an iterator over their names and values: the elements, then the attributes."""
    if is_long(value):
        return -(-len(value) // _PIECE_LENGTH), _pieces(value)
    kind = type(value)
    count, elements = 0, ()
    for base, length, items in _ELEMENTS:
        if issubclass(kind, base):
            count, elements = length(value), items(value)
            break
    rest = _named_children(value, kind)
    return count + len(rest), _chain(elements, rest)


def _chain(elements, rest):
    yield from elements
    yield from rest


def _numbered(iterate):
    return lambda value: ((str(index), item) for index, item in enumerate(iterate(value)))


def _keyed(items):
    return lambda value: ((preview(key), item) for key, item in items(value))


_ELEMENTS = (
    (list, list.__len__, _numbered(list.__iter__)),
    (tuple, tuple.__len__, _numbered(tuple.__iter__)),
    (OrderedDict, dict.__len__, _keyed(OrderedDict.items)),
    (dict, dict.__len__, _keyed(dict.items)),
    (set, set.__len__, _numbered(set.__iter__)),
    (frozenset, frozenset.__len__, _numbered(frozenset.__iter__)),
    (deque, deque.__len__, _numbered(deque.__iter__)),
)


def _named_children(value, kind):
    if issubclass(kind, type):
        return [(attribute_name(name), item) for name, item in class_dicts(value)[0].items() if not _is_dunder(name)]
    if issubclass(kind, ModuleType):
        return [(attribute_name(name), item) for name, item in instance_dict(value).items() if not _is_dunder(name)]
    if issubclass(kind, BaseException):
        return _error_children(value) + attributes(value)
    return _own_children(value, kind) + library.declared(value, kind)


def _own_children(value, kind):
    if issubclass(kind, deque):
        return [("maxlen", _get_maxlen(value))]
    if kind is MappingProxyType:
        return [("[[Mapping]]", library.behind(value))]
    if issubclass(kind, defaultdict):
        return [("default_factory", _get_factory(value))]
    return library.children(value) or []


def _is_dunder(name):
    return type(name) is str and name.startswith("__") and name.endswith("__")


def _error_children(error):
    children = [("args", _get_args(error))]
    place = raised_at(error)
    if place:
        children.append(("raised at", _Text(place)))
    if grouped_in(error):
        children.append(("exceptions", grouped_in(error)))
    for name, other in (("__cause__", _get_cause(error)), ("__context__", _get_context(error))):
        if other is not None:
            children.append((name, other))
    return children
