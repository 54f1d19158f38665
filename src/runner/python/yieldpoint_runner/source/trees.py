"""The nodes of a syntax tree. The standard library's `ast.walk` imports modules when it is called, and would then find a user
module with the same name."""
from ast import iter_child_nodes


def nodes_of(tree):
    """The tree itself and all of its nodes, in no particular order."""
    pending = [tree]
    while pending:
        node = pending.pop()
        yield node
        pending.extend(iter_child_nodes(node))
