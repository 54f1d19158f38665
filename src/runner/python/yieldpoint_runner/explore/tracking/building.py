"""
Pieces of syntax trees: calls of the runner in the user's code. They refer to the runner by constants of the compiled code, so that the program
finds no name of it.
"""
import ast

_MARK = "\0yieldpoint."
_YIELDS = (ast.Yield, ast.YieldFrom, ast.Await)
_FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda)


def call(hook, at, *given):
    """A call of one of the runner's functions. What is no node is a constant."""
    arguments = [each if isinstance(each, ast.AST) else constant(each, at) for each in given]
    return ast.copy_location(ast.Call(func=constant(_MARK + hook, at), args=arguments, keywords=[]), at)


def statement(hook, at, *given):
    """The same as a statement."""
    return ast.copy_location(ast.Expr(value=call(hook, at, *given)), at)


def constant(value, at):
    """A constant, in the place of another node."""
    return ast.copy_location(ast.Constant(value=value, kind=None), at)


def gives_way(*nodes):
    """Whether the task may be suspended within an expression."""
    pending = [node for node in nodes if node is not None]
    while pending:
        node = pending.pop()
        if isinstance(node, _YIELDS):
            return True
        if not isinstance(node, _FUNCTIONS):
            pending.extend(ast.iter_child_nodes(node))
    return False


def linked(code, hooks):
    """Code with the runner's functions in the places of the constants that stand for them."""
    constants = []
    for each in code.co_consts:
        if type(each) is type(code):
            each = linked(each, hooks)
        elif type(each) is str and each.startswith(_MARK):
            each = hooks[each[len(_MARK) :]]
        constants.append(each)
    return code.replace(co_consts=tuple(constants))


def codes_in(code):
    """A code object and all those inside it."""
    yield code
    for each in code.co_consts:
        if type(each) is type(code):
            yield from codes_in(each)
