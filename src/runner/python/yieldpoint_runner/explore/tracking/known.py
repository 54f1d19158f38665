"""Functions and classes of the interpreter and its library whose effects are known, by identity."""
import _datetime
import _random
import builtins
import collections
import contextlib
import enum
import itertools
from types import (
    AsyncGeneratorType,
    BuiltinFunctionType,
    CodeType,
    CoroutineType,
    FrameType,
    FunctionType,
    GeneratorType,
    MappingProxyType,
    MethodType,
    ModuleType,
)

NOTHING, READS, WRITES, PRINTS, STEPS, DRAWS, CLOCK, CREATES, PASSES, CACHES, OPAQUE = range(11)
"""
The effects: none; on the elements of containers, on the output, on iterators, on random numbers, on time, on resources; those of the functions that
are passed to it; on what is kept of earlier calls; unknown.
"""

"""Of immutable values, and of those that have their state elsewhere."""
SCALARS = {
    id(kind)
    for kind in (
        *(int, str, float, bool, complex, bytes, type(None), range, slice, type(...), type(NotImplemented), object, type),
        *(FunctionType, BuiltinFunctionType, MethodType, ModuleType, CodeType, FrameType),
        *(_datetime.datetime, _datetime.date, _datetime.time, _datetime.timedelta, _datetime.timezone),
    )
}

CONTAINERS = {
    id(kind)
    for kind in (
        *(list, dict, set, bytearray, tuple, frozenset, memoryview, MappingProxyType),
        *(collections.deque, collections.OrderedDict, collections.defaultdict, collections.Counter),
        *(type({}.keys()), type({}.values()), type({}.items())),
    )
}

"""Those of them whose attributes are methods alone."""
WITHOUT_VARIABLES = CONTAINERS | {id(kind) for kind in (str, int, float, bool, bytes, complex, type(None), range)}

"""Iterators in C over what they were given."""
ITERATORS = {
    id(type(each))
    for each in (
        *(iter([]), iter(()), iter(""), iter(b""), iter({}), iter({}.values()), iter({}.items()), iter(set()), iter(range(0))),
        *(iter(bytearray()), reversed([]), reversed(()), enumerate(()), zip(), iter(int, 0), iter(collections.deque())),
        *(map(int, ()), filter(None, ()), iter(range(1 << 70)), reversed(range(0))),
        *(reversed({}), reversed({}.values()), reversed({}.items())),
    )
} | {id(kind) for kind in vars(itertools).values() if type(kind) is type}

GENERATORS = {id(GeneratorType), id(CoroutineType), id(AsyncGeneratorType)}

_SCALAR_FUNCTIONS = "abs bin callable chr divmod hasattr hex id isinstance issubclass oct ord pow round"
_READING_FUNCTIONS = "all any ascii format hash iter len repr sum aiter"
_SCALAR_CLASSES = "bool complex float int object range slice super property staticmethod classmethod"
_READING_CLASSES = "bytes bytearray dict enumerate frozenset list memoryview reversed set str tuple zip"


def _named(names):
    return [getattr(builtins, name) for name in names.split() if hasattr(builtins, name)]


FUNCTIONS = {
    **{id(each): NOTHING for each in _named(_SCALAR_FUNCTIONS)},
    **{id(each): READS for each in _named(_READING_FUNCTIONS)},
    **{id(each): PASSES for each in (max, min, sorted)},
    id(print): PRINTS,
    id(next): STEPS,
}

"""Functions in C by their modules."""
BUILTIN_MODULES = {
    **dict.fromkeys(("math", "cmath", "_operator", "_bisect", "_abc", "_string", "_struct", "binascii", "zlib", "_hashlib"), READS),
    **dict.fromkeys(("_heapq",), WRITES),
    "_functools": PASSES,
}

"""Functions of the library's own that touch nothing but what they are given, by their modules."""
MODULES = {
    **dict.fromkeys(("abc", "bisect", "collections", "collections.abc", "contextlib", "copy", "dataclasses", "enum", "functools"), PASSES),
    **dict.fromkeys(("operator", "string", "textwrap", "types", "typing", "json", "json.decoder", "json.encoder", "re"), PASSES),
    "heapq": WRITES,
    "random": DRAWS,
}

CLASSES = {
    **{id(each): NOTHING for each in _named(_SCALAR_CLASSES)},
    **{id(each): READS for each in _named(_READING_CLASSES)},
    **{id(each): NOTHING for each in vars(builtins).values() if isinstance(each, type) and issubclass(each, BaseException)},
    **{id(each): READS for each in (collections.deque, collections.OrderedDict, collections.Counter)},
    **{id(each): READS for each in vars(itertools).values() if type(each) is type},
    **{id(each): NOTHING for each in (_datetime.datetime, _datetime.date, _datetime.time, _datetime.timedelta, _datetime.timezone)},
    **{id(each): PASSES for each in (map, filter, collections.defaultdict, itertools.groupby, itertools.starmap)},
    **{id(each): PASSES for each in (itertools.accumulate, itertools.takewhile, itertools.dropwhile, itertools.filterfalse)},
}

"""Functions that give the program its variables in another way."""
BLINDING = {id(each): each.__name__ for each in (globals, locals, vars, eval, exec, compile, __import__)}

_READING = "copy count get index items keys values isdisjoint issubset issuperset union difference intersection symmetric_difference "
_READING += "__contains__ __len__ __getitem__ __iter__ __eq__ __ne__ __repr__ most_common elements fromkeys decode hex "
_WRITING = "append appendleft add clear discard extend extendleft insert pop popleft popitem remove reverse rotate setdefault "
_WRITING += "difference_update intersection_update symmetric_difference_update __setitem__ __delitem__ __iadd__ move_to_end subtract update"
METHODS = {**dict.fromkeys(_READING.split(), READS), **dict.fromkeys(_WRITING.split(), WRITES), "sort": PASSES}
DRAWING = _random.Random

"""Base classes of the user's that bring no effects of their own."""
PLAIN_BASES = {id(object), id(enum.Enum), id(enum.IntEnum), id(enum.Flag), id(enum.IntFlag), id(contextlib.ContextDecorator)}
PLAIN_METACLASSES = {id(type), id(type(enum.Enum))}
MANAGERS = {id(each) for each in (contextlib._GeneratorContextManager, contextlib.suppress)}
