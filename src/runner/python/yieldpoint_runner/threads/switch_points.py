"""
Switch points: the places in code at which a thread, run as if preemptive, may give way. One comes before each instruction that reads or
writes something that other threads can see: so `counter += 1` has two.
"""
import dis
import re
from types import CodeType, ModuleType

from ..failures import is_user_file
from ..load.module import compiled_file
from ..source import sourcelines
from ..values.leaves import CALLED

_LONGEST = 40
_OPTIMIZED = 0x1
_READS_NAME = {"LOAD_GLOBAL"}
_WRITES_NAME = {"STORE_GLOBAL", "DELETE_GLOBAL"}
_READS_CELL = {"LOAD_DEREF", "LOAD_CLASSDEREF", "LOAD_FROM_DICT_OR_DEREF"}
_WRITES_CELL = {"STORE_DEREF", "DELETE_DEREF"}
_READS_ATTRIBUTE = {"LOAD_ATTR", "LOAD_METHOD"}
_WRITES_ATTRIBUTE = {"STORE_ATTR", "DELETE_ATTR"}
_READS_ITEM = {"BINARY_SUBSCR", "BINARY_SLICE", "CONTAINS_OP"}
_WRITES_ITEM = {"STORE_SUBSCR", "DELETE_SUBSCR", "STORE_SLICE"}
_SHARED_SOURCES = {"LOAD_GLOBAL", "LOAD_DEREF", *_READS_ATTRIBUTE}
_CONSTANTS = {"LOAD_CONST", "BUILD_STRING", "FORMAT_VALUE", "FORMAT_SIMPLE", "BUILD_TUPLE"}
"""Functions of the interpreter that read what they are given."""
_READERS = {"list", "tuple", "set", "frozenset", "dict", "sorted", "sum", "max", "min", "any", "all", "len", "next"}
"""Instructions that only prepare the next one."""
_SKIPPED = {"CACHE", "EXTENDED_ARG", "COPY", "SWAP", "DUP_TOP", "DUP_TOP_TWO", "ROT_TWO", "ROT_THREE", "PUSH_NULL", "PRECALL", "NOP"}


"""Stands for what is in any container."""
_ELEMENTS = "[]"


class SwitchPoint:
    """
    What a step shows that ends before an access: plain words, in the place of a value. `place` is what the access reads or, if `is_write`, writes; objects are
    not told apart. None if that is not known.
    """

    __slots__ = ("text", "place", "is_write")

    def __init__(self, text, place=None, is_write=False):
        self.text = text
        self.place = place
        self.is_write = is_write


CALLED[id(SwitchPoint)] = lambda point: point.text


class SwitchPoints:
    """The switch points of all code of the user's files."""

    def __init__(self, kind):
        """
        :param kind: `accesses`, or `lines` for one point at each line
        """
        self._find = _accesses if kind == "accesses" else _lines
        self._known = {}
        self._files = {}

    def of(self, code, scope):
        """
        The points of a function, by the offsets of their instructions; None if it has none. What runs while a module is imported has none: the
        importer holds a lock.

        :param scope: the global names of the function
        """
        known = self._known.get(id(code))
        if known is None:
            # The code object is kept alive, so that no other one gets the same id.
            known = self._known[id(code)] = (self._look(code, scope), code)
        return known[0]

    def _look(self, code, scope):
        if not is_user_file(code.co_filename) or not code.co_flags & _OPTIMIZED:
            return None
        return self._find(code, scope, self._written(code.co_filename)) or None

    def _written(self, file):
        if file not in self._files:
            self._files[file] = _Written(file)
        return self._files[file]


class _Written:
    """The names that the code of a file writes to: only their reads can differ from one moment to the next."""

    def __init__(self, file):
        self.names, self.cells, self.attributes, self.functions = set(), set(), set(), set()
        try:
            self._collect(compiled_file(file), False)
        except (OSError, SyntaxError):
            pass

    def _collect(self, code, is_constructor):
        for each in dis.get_instructions(code):
            if each.opname in _WRITES_NAME:
                self.names.add(each.argval)
            elif each.opname in _WRITES_CELL and each.argval in code.co_freevars:
                self.cells.add(each.argval)
            elif each.opname in _WRITES_ATTRIBUTE and not is_constructor:
                self.attributes.add(each.argval)
        for inner in code.co_consts:
            if type(inner) is CodeType:
                self.functions.add(inner.co_name)
                self._collect(inner, inner.co_name == "__init__")


def _lines(code, _scope, _written):
    starts = [(offset, line) for offset, line in dis.findlinestarts(code) if line is not None]
    return {offset: SwitchPoint("before line %d" % line) for offset, line in starts if offset > 0 or line > code.co_firstlineno}


def _accesses(code, scope, written):
    points = {}
    last = before_last = None
    for each in dis.get_instructions(code):
        if each.opname in _SKIPPED:
            continue
        access = _access(each, last, before_last, scope, written)
        if access is not None:
            verb, place = access
            is_write = verb == "writing" or place == _ELEMENTS and each.opname in _READS_ATTRIBUTE
            points[each.offset] = SwitchPoint("before %s %s" % (verb, _source(code, each)), place, is_write)
        before_last, last = last, each
    return points


def _access(each, last, before_last, scope, written):
    """`reading`, `writing` or `calling`, with the place; None where nothing shared is touched. Objects are not told apart."""
    name = each.opname
    if name in _WRITES_NAME:
        return "writing", each.argval
    if name in _WRITES_ATTRIBUTE:
        return "writing", "." + each.argval
    if name in _WRITES_ITEM:
        return "writing", _ELEMENTS
    if name in _READS_NAME:
        if each.argval in written.names:
            return "reading", each.argval
        return ("calling", _ELEMENTS) if each.argval in _READERS and each.argval not in scope else None
    if name in _READS_CELL or name in _WRITES_CELL:
        verb = "reading" if name in _READS_CELL else "writing"
        return (verb, each.argval) if each.argval in written.cells else None
    if name in _READS_ITEM or name == "COMPARE_OP" and each.argval in ("in", "not in"):
        return "reading", _ELEMENTS
    if name == "FOR_ITER":
        is_shared = last is not None and last.opname == "GET_ITER" and before_last is not None and before_last.opname in _SHARED_SOURCES
        return ("reading", _ELEMENTS) if is_shared else None
    return _attribute(each, last, scope, written) if name in _READS_ATTRIBUTE and last is not None else None


def _attribute(each, last, scope, written):
    """What is a method of no class of the file may change what its object contains."""
    if last.opname in _CONSTANTS or last.opname == "LOAD_GLOBAL" and type(scope.get(last.argval)) in (ModuleType, type):
        return None
    if each.argval in written.attributes:
        return "reading", "." + each.argval
    is_method = each.opname == "LOAD_METHOD" or bool(getattr(each, "arg", 0) & 1) and "NULL" in each.argrepr
    return ("reading", _ELEMENTS) if is_method and each.argval not in written.functions else None


def _source(code, each):
    """The access as the source has it, from 3.11 on; otherwise the name in the instruction."""
    positions = getattr(each, "positions", None)
    text = None
    if positions is not None and None not in positions and positions.lineno == positions.end_lineno:
        line = sourcelines.line(code.co_filename, positions.lineno).encode("utf-8", "replace")
        text = line[positions.col_offset : positions.end_col_offset].decode("utf-8", "replace")
    if not text:
        text = each.argval if type(each.argval) is str and re.match(r"\w+$", each.argval) else "an item"
    return text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…"
