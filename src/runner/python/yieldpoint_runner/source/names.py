"""The name of a generator function, by the same rule as in the finder: `bogosort`, `Worker.run`. A lambda has the name that it is
assigned to."""
import ast

from . import sourcelines
from .suspension import code_of
from .trees import nodes_of

_LAMBDA = "<lambda>"
_known = {}


def function_name(generator):
    """The name of a generator's function, with enclosing classes but without enclosing functions."""
    name = generator.__qualname__.rpartition("<locals>.")[2]
    if not name.endswith(_LAMBDA):
        return name
    code = code_of(generator)
    fitting = [found for found in _lambdas(code.co_filename).get(code.co_firstlineno, ()) if _fits(found[0], code)]
    return name[: -len(_LAMBDA)] + fitting[0][1] if len(fitting) == 1 else name


def _fits(node, code):
    """Whether a code object may be that of a lambda on its line, judged by the parameters' names and, from 3.11 on, by the columns."""
    given = node.args
    named = [each.arg for each in getattr(given, "posonlyargs", []) + given.args + given.kwonlyargs]
    if list(code.co_varnames[: len(named)]) != named or code.co_argcount + code.co_kwonlyargcount != len(named):
        return False
    if not hasattr(code, "co_positions"):
        return True
    places = [place for place in code.co_positions() if None not in place and place[0] == place[1] == node.lineno]
    columns = [column for _, _, column, end in places if column < end]
    return node.end_lineno != node.lineno or all(node.col_offset <= column <= node.end_col_offset for column in columns)


def _lambdas(file):
    """The lambdas that are assigned to names, by line."""
    source = "".join(sourcelines.lines(file))
    known = _known.get(file)
    if known is None or known[0] != source:
        known = _known[file] = (source, _find(source))
    return known[1]


def _find(source):
    try:
        tree = ast.parse(source)
    except (SyntaxError, ValueError, RecursionError):
        return {}
    found = {}
    for node in nodes_of(tree):
        target = node.targets[0] if isinstance(node, ast.Assign) else getattr(node, "target", None)
        value = getattr(node, "value", None)
        if isinstance(value, ast.Lambda) and isinstance(target, ast.Name):
            found.setdefault(value.lineno, []).append((value, target.id))
    return found
