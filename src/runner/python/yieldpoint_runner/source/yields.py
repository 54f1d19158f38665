"""Finds the positions of `yield` and `await` expressions, for interpreters whose code objects do not contain them: before 3.11 they
have only lines, and in 3.11 positions in f-strings are wrong. Also tells whether a function has only one such expression.

The source is compiled a second time, with a unique line number for each such expression. Both code objects have the same instructions,
so the second one tells which expression an instruction of the first belongs to, regardless of the order of evaluation."""
import ast
import dis
import sys
from opcode import opmap
from types import CodeType

from . import sourcelines
from .fstrings import places_in_strings
from .trees import nodes_of

"""Larger than the number of lines in any source."""
_FIRST = 10_000_000
_NODES = (ast.Yield, ast.YieldFrom, ast.Await)
_YIELDS = tuple(opmap[name] for name in ("YIELD_VALUE", "YIELD_FROM") if name in opmap)
_DELEGATES = [opmap[name] for name in ("SEND", "YIELD_FROM") if name in opmap]
_known = {}


def has_one_yield(code):
    """Whether a generator's code can be suspended in only one place."""
    operations = code.co_code[::2]
    return operations.count(opmap["YIELD_VALUE"]) == 1 and not any(each in operations for each in _DELEGATES)


def place_of_yield(frame):
    """The line of the `yield` at which a frame is suspended, and its byte offset; None if the source has none there."""
    code = frame.f_code
    numbered, places = _numbered(code.co_filename)
    twin = numbered.get(code)
    # During a `yield from`, the frame of an older interpreter points before its instruction.
    at = frame.f_lasti if code.co_code[frame.f_lasti] in _YIELDS else frame.f_lasti + 2
    line = _line_in(twin, code, at) if twin is not None else 0
    return places[line - _FIRST] if line >= _FIRST else None


def _line_in(twin, code, at):
    """The line of an instruction. If the two code objects differ, it is found by counting the instructions that yield."""
    if twin.co_code != code.co_code:
        own, other = _operations(code), _operations(twin)
        if at not in own or len(own) != len(other):
            return 0
        at = other[own.index(at)]
    found = 0
    for start, line in dis.findlinestarts(twin):
        if start > at:
            break
        found = line or 0
    return found


def _operations(code):
    return [offset for offset in range(0, len(code.co_code), 2) if code.co_code[offset] in _YIELDS]


def _numbered(file):
    source = "".join(sourcelines.lines(file))
    known = _known.get(file)
    if known is None or known[0] != source:
        known = _known[file] = (source, _compiled_twice(source, file))
    return known[1]


def _compiled_twice(source, file):
    try:
        tree = ast.parse(source)
        nodes = [node for node in nodes_of(tree) if isinstance(node, _NODES)]
        inside = places_in_strings(tree, source) if sys.version_info < (3, 12) else {}
        places = [inside.get(node, (node.lineno, node.col_offset)) for node in nodes]
        for number, node in enumerate(nodes):
            node.lineno = node.end_lineno = _FIRST + number
        one = compile(source, file, "exec", dont_inherit=True)
        return dict(reversed(list(_pairs(one, compile(tree, file, "exec", dont_inherit=True))))), places
    except (SyntaxError, ValueError, RecursionError):
        return {}, []


def _pairs(one, other):
    """Pairs of the code objects in two modules that differ only in their line numbers."""
    yield one, other
    nested = [[each for each in code.co_consts if type(each) is CodeType] for code in (one, other)]
    for pair in zip(*nested):
        yield from _pairs(*pair)
