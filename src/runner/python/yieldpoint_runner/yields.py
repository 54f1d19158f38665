"""Where the `yield` expressions of a source lie, for the interpreters before 3.11: their code knows lines, no columns. Those of
one line are told apart by their order, which is that of their evaluation. And whether there is one alone."""
import ast
import dis
import linecache
from opcode import opmap

_known = {}
_YIELDS = (opmap.get("YIELD_VALUE"), opmap.get("YIELD_FROM"))
_DELEGATES = [opmap[name] for name in ("SEND", "YIELD_FROM") if name in opmap]


def has_one_yield(code):
    """Whether a generator's code can be suspended in one place only."""
    operations = code.co_code[::2]
    return operations.count(opmap["YIELD_VALUE"]) == 1 and not any(each in operations for each in _DELEGATES)


def offset_of_yield(frame):
    """The offset in bytes of the `yield` in its line at which a frame is suspended; None when the source has none there."""
    code = frame.f_code
    offsets = _offsets(code.co_filename).get(frame.f_lineno)
    return offsets[_rank(code, frame.f_lasti, frame.f_lineno) % len(offsets)] if offsets else None


def _rank(code, instruction, line):
    """How many instructions of that line yield before this one. In a `yield from` the frame stands before its instruction."""
    at = instruction if code.co_code[instruction] in _YIELDS else instruction + 2
    rank = 0
    starts = list(dis.findlinestarts(code))
    for (start, number), (end, _) in zip(starts, starts[1:] + [(len(code.co_code), None)]):
        if number == line:
            rank += sum(code.co_code[offset] in _YIELDS for offset in range(start, min(end, at), 2))
    return rank


def _offsets(file):
    source = "".join(linecache.getlines(file))
    known = _known.get(file)
    if known is None or known[0] != source:
        known = _known[file] = (source, _find(source))
    return known[1]


def _find(source):
    """The offsets of every line's yields, inner ones before outer ones."""
    try:
        pending, order = [ast.parse(source)], []
    except SyntaxError:
        return {}
    while pending:
        node = pending.pop()
        order.append(node)
        pending.extend(ast.iter_child_nodes(node))
    offsets = {}
    for node in reversed(order):
        if isinstance(node, (ast.Yield, ast.YieldFrom)):
            offsets.setdefault(node.lineno, []).append(node.col_offset)
    return offsets
