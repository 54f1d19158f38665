"""Previews of values without children: numbers, strings, functions. Their length is always bounded."""
from types import (
    AsyncGeneratorType,
    BuiltinFunctionType,
    CoroutineType,
    FunctionType,
    GeneratorType,
    MethodType,
)

from ..control import Interruption

LONGEST_TEXT = 100
_SMALL_INT = 10**100
_MOST_BITS = 2_048
"""The maximum number of digits of an int that is shown in full."""
_MOST_DIGITS = 150


def is_leaf(value):
    """Whether a value is shown without children. The children of a long text are its pieces."""
    return id(type(value)) in LEAVES and not is_long(value)


def is_long(value):
    """Whether a value is text or bytes of which the preview shows only the beginning."""
    return type(value) in (str, bytes, bytearray) and len(value) > LONGEST_TEXT


def int_text(value):
    """The preview of an int: the first digits of a long one, only the size of a very long one. Conversion takes quadratic time."""
    if -_SMALL_INT < value < _SMALL_INT:
        return int.__repr__(value)
    bits = int.bit_length(value)
    if bits <= _MOST_BITS:
        try:
            text = int.__repr__(value)
            digits = len(text.lstrip("-"))
            return text if digits <= _MOST_DIGITS else "%s… (%d digits)" % (text[:LONGEST_TEXT], digits)
        except ValueError:
            pass  # the program may have lowered the limit of digits
    return "%s(an int of %d bits)" % ("-" if value < 0 else "", bits)


def _view_text(view):
    """The bytes of a memory view, if they are contiguous."""
    size = view.nbytes
    if view.format != "B" or view.ndim != 1:
        return "<memory of %d bytes>" % size
    shown = view[:LONGEST_TEXT].tobytes()
    return "<memory %r%s>" % (shown, "" if size <= LONGEST_TEXT else "… (%d bytes)" % size)


def quote(text):
    """A string, as it is written in source code."""
    length = len(text)
    return repr(text) if length <= LONGEST_TEXT else "%r… (%d characters)" % (text[:LONGEST_TEXT], length)


def _bytes_text(data):
    length = len(data)
    return repr(data) if length <= LONGEST_TEXT else "%r… (%d bytes)" % (data[:LONGEST_TEXT], length)


def _named(word):
    return lambda value: "<%s %s>" % (word, _short(value.__qualname__))


def _short(qualified):
    return qualified.rpartition("<locals>.")[2][:LONGEST_TEXT]


def _range_text(value):
    bounds = [value.start, value.stop] + ([] if value.step == 1 else [value.step])
    return "range(%s)" % ", ".join(map(int_text, bounds))


def _method_text(method):
    function = method.__func__
    return "<bound method %s>" % _short(function.__qualname__) if type(function) is FunctionType else "<bound method>"


"""By the id of the type, because hashing a type may run code of a metaclass."""
LEAVES = {
    id(kind): text
    for kind, text in {
        type(None): repr,
        type(...): repr,
        type(NotImplemented): repr,
        bool: repr,
        int: int_text,
        float: repr,
        complex: repr,
        str: quote,
        bytes: _bytes_text,
        bytearray: _bytes_text,
        memoryview: _view_text,
        range: _range_text,
        FunctionType: _named("function"),
        BuiltinFunctionType: _named("built-in function"),
        MethodType: _method_text,
    }.items()
}

"""Types of callables, which are shown in the same way but can be expanded."""
CALLED = {
    id(GeneratorType): _named("generator"),
    id(CoroutineType): _named("coroutine"),
    id(AsyncGeneratorType): _named("async generator"),
    id(Interruption): lambda interruption: interruption.args[0],
}
