"""Statements with a call of the runner at everything that they read, write or call."""
import ast

from ...source.trees import nodes_of
from .building import call, gives_way, statement
from .expressions import Expressions

_TARGETS_IN = (ast.Tuple, ast.List)
"""Operators with which a list grows by a number."""
_REPEATS = (ast.Mult,)


class Statements(Expressions):
    def visit_Assign(self, node):
        value = self.visit(node.value)
        written = []
        for at, target in enumerate(node.targets):
            node.targets[at], places = self.target(target)
            written += places
        if any(isinstance(each, _TARGETS_IN) for each in node.targets):
            value = self.consumed(value)
        node.value = call("write_all", node.value, value, *written) if written else value
        return node

    def visit_AnnAssign(self, node):
        """Annotations stay as they are: they may be kept as text."""
        if node.value is None:
            return node
        value = self.visit(node.value)
        node.target, written = self.target(node.target)
        node.value = call("write_all", node.value, value, *written) if written else value
        return node

    def visit_AugAssign(self, node):
        """What is read is read before the value is evaluated, and written after it."""
        target = node.target
        if isinstance(target, ast.Name):
            place = self.variable(target.id)
            places = () if place is None else (place,)
        elif isinstance(target, ast.Attribute):
            own, of_module, name = self.attribute_places(target.attr)
            target.value = call("attribute", target.value, self.visit(target.value), own, of_module, name)
            places = (own,)
        else:
            target.value = call("element", target.value, self.visit(target.value), gives_way(target.slice, node.value))
            target.slice = self.visit(target.slice)
            places = ()
        is_element = isinstance(target, ast.Subscript)
        began = call("reading", node.value, *places)
        node.value = call("augmented", node.value, began, self.visit(node.value), is_element, isinstance(node.op, _REPEATS), *places)
        return node

    def visit_Delete(self, node):
        pairs = [self.target(each) for each in node.targets]
        node.targets = [each for each, _ in pairs]
        written = [place for _, places in pairs for place in places]
        return [statement("wrote", node, *written), node] if written else node

    def visit_If(self, node):
        node.test = self.used(self.visit(node.test))
        node.body, node.orelse = self.block(node.body), self.block(node.orelse)
        return node

    visit_While = visit_If

    def visit_Assert(self, node):
        node.test = self.used(self.visit(node.test))
        if node.msg is not None:
            node.msg = self.visit(node.msg)
        return node

    def visit_Raise(self, node):
        if node.exc is not None:
            node.exc = call("raised", node.exc, self.visit(node.exc))
        if node.cause is not None:
            node.cause = call("raised", node.cause, self.visit(node.cause))
        return node

    def visit_For(self, node):
        node.iter = self._iterated(node.iter, isinstance(node, ast.AsyncFor))
        node.target, written = self.target(node.target)
        node.body, node.orelse = self.block(node.body, written), self.block(node.orelse)
        if isinstance(node.target, _TARGETS_IN):
            node.body.insert(0, statement("touch_elements", node.target))
        return node

    visit_AsyncFor = visit_For

    def visit_With(self, node):
        written = []
        for item in node.items:
            manager = self.visit(item.context_expr)
            item.context_expr = manager if isinstance(node, ast.AsyncWith) else call("manager", item.context_expr, manager)
            if item.optional_vars is not None:
                item.optional_vars, places = self.target(item.optional_vars)
                written += places
        node.body = self.block(node.body, written)
        return node

    visit_AsyncWith = visit_With

    def visit_ExceptHandler(self, node):
        if node.type is not None:
            node.type = self.visit(node.type)
        place = self.variable(node.name) if node.name is not None else None
        node.body = self.block(node.body, [] if place is None else [place])
        return node

    def visit_Import(self, node):
        written = [self.variable((alias.asname or alias.name).partition(".")[0]) for alias in node.names if alias.name != "*"]
        module = getattr(node, "module", None) or node.names[0].name
        if getattr(node, "module", None) == "__future__":
            return node
        return [statement("imports", node, module, *(place for place in written if place is not None)), node]

    visit_ImportFrom = visit_Import

    def visit_FunctionDef(self, node):
        place = self.variable(node.name)
        node.decorator_list = [call("callee", each, self.visit(each)) for each in node.decorator_list]
        self._defaults(node.args)
        node.body = self.inside(node, lambda: self.body(node.body))
        return node if place is None else [statement("wrote", _first(node), place), node]

    visit_AsyncFunctionDef = visit_FunctionDef

    def visit_ClassDef(self, node):
        place = self.variable(node.name)
        node.decorator_list = [call("callee", each, self.visit(each)) for each in node.decorator_list]
        node.bases, node.keywords = self.all(node.bases), self.all(node.keywords)
        node.body = self.inside(node, lambda: self.body(node.body))
        return [statement("defines_class", _first(node), *(() if place is None else (place,))), node]

    def visit_Match(self, node):
        node.subject = call("matched", node.subject, self.visit(node.subject))
        for case in node.cases:
            written = [self.variable(name) for name in _captures(case.pattern)]
            if case.guard is not None:
                case.guard = self.used(self.visit(case.guard))
            case.body = self.block(case.body, [place for place in written if place is not None])
        return node

    def visit_Module(self, node):
        node.body = self.body(node.body)
        return node

    def body(self, statements):
        """The statements of a module, a function or a class, with its docstring and its imports from the future where they were."""
        first = 1 if statements and _is_docstring(statements[0]) else 0
        return statements[:first] + self.block(statements[first:])

    def block(self, statements, written=()):
        """
        :param written: the places of variables that were written right before it
        """
        made = [statement("wrote", statements[0], *written)] if written and statements else []
        for each in statements:
            result = self.visit(each)
            made += result if isinstance(result, list) else [result]
        return made


def _is_docstring(node):
    return isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant) and isinstance(node.value.value, str)


def _first(node):
    """Where a definition begins: at its first decorator."""
    return node.decorator_list[0] if node.decorator_list else node


def _captures(pattern):
    for node in nodes_of(pattern):
        name = getattr(node, "name", None) or getattr(node, "rest", None)
        if isinstance(name, str):
            yield name
