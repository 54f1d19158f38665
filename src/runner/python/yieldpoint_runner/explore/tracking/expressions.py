"""Expressions with a call of the runner at everything that they read, write or call."""
import ast

from ...source.trees import nodes_of
from .building import call, gives_way
from .scopes import scopes_of

_SCALAR = (ast.Constant,)
_KEPT = (ast.Is, ast.IsNot)


class Expressions(ast.NodeTransformer):
    """`place` gives the number of a place by its name."""

    def __init__(self, tree, place):
        self._place = place
        self._scopes = scopes_of(tree)
        self._scope = self._scopes[tree]
        module = self._scope
        self._of_module = module.bound.union(*(scope.declared_global for scope in self._scopes.values()))
        self._has_any = isinstance(tree, ast.Expression) or any(isinstance(node, ast.ImportFrom) and node.names[0].name == "*" for node in nodes_of(tree))

    def variable(self, name):
        """The place of a variable; None where nobody else can see it, and for built-ins."""
        owner = self._scope.owner_of(name)
        if owner.is_module:
            return self._place(name) if name in self._of_module or self._has_any else None
        return self._place("%s.%s#%d" % (owner.name, name, owner.line)) if name in owner.captured else None

    def attribute_places(self, name):
        """The places of an attribute: of any object, and of a module."""
        return self._place("." + name), self._place(name), name

    def used(self, node):
        """An operand: its content may be read."""
        return node if isinstance(node, _SCALAR) else call("use", node, node)

    def consumed(self, node):
        """What is iterated over at once."""
        return node if isinstance(node, _SCALAR) else call("elements", node, node)

    def inside(self, node, visit):
        """Visits what belongs to the scope of a node."""
        before, self._scope = self._scope, self._scopes[node]
        result = visit()
        self._scope = before
        return result

    def all(self, nodes):
        """Visits expressions that are there."""
        return [self.visit(node) if node is not None else None for node in nodes]

    def visit_Name(self, node):
        place = self.variable(node.id)
        if place is None or not isinstance(node.ctx, ast.Load):
            return node
        return call("read", node, place, node)

    def visit_NamedExpr(self, node):
        value = self.visit(node.value)
        place = self.variable(node.target.id)
        node.value = value if place is None else call("write", node, place, value)
        return node

    def visit_Attribute(self, node):
        owner = self.visit(node.value)
        hook = "attribute" if isinstance(node.ctx, ast.Load) else "changed_attribute"
        node.value = call(hook, node.value, owner, *self.attribute_places(node.attr))
        return node

    def visit_Subscript(self, node):
        is_read = isinstance(node.ctx, ast.Load)
        node.value = call("element" if is_read else "changed_element", node.value, self.visit(node.value), gives_way(node.slice))
        node.slice = self.visit(node.slice)
        return node

    def visit_Starred(self, node):
        node.value = self.visit(node.value)
        if isinstance(node.ctx, ast.Load):
            node.value = self.consumed(node.value)
        return node

    def visit_Call(self, node):
        hook = "deferred" if gives_way(*node.args, *node.keywords) else "callee"
        node.func = call(hook, node.func, self.visit(node.func))
        node.args = self.all(node.args)
        for keyword in node.keywords:
            keyword.value = self.visit(keyword.value)
            if keyword.arg is None:
                keyword.value = self.consumed(keyword.value)
        return node

    def visit_Dict(self, node):
        node.keys, values = self.all(node.keys), self.all(node.values)
        node.values = [self.consumed(value) if key is None else value for key, value in zip(node.keys, values)]
        return node

    def visit_BinOp(self, node):
        node.left, node.right = self.used(self.visit(node.left)), self.used(self.visit(node.right))
        return node

    def visit_UnaryOp(self, node):
        if isinstance(node.operand, ast.Constant):
            return node
        node.operand = self.used(self.visit(node.operand))
        return node

    def visit_BoolOp(self, node):
        *tested, last = self.all(node.values)
        node.values = [*map(self.used, tested), last]
        return node

    def visit_Compare(self, node):
        operands = self.all([node.left, *node.comparators])
        if not all(isinstance(each, _KEPT) for each in node.ops):
            operands = list(map(self.used, operands))
        node.left, *node.comparators = operands
        return node

    def visit_IfExp(self, node):
        node.test = self.used(self.visit(node.test))
        node.body, node.orelse = self.visit(node.body), self.visit(node.orelse)
        return node

    def visit_FormattedValue(self, node):
        node.value = self.used(self.visit(node.value))
        if node.format_spec is not None:
            node.format_spec = self.visit(node.format_spec)
        return node

    def visit_YieldFrom(self, node):
        node.value = call("delegate", node.value, self.visit(node.value))
        return node

    def visit_Lambda(self, node):
        self._defaults(node.args)
        node.body = self.inside(node, lambda: self.visit(node.body))
        return node

    def visit_comprehension_of(self, node):
        first = node.generators[0]
        iterable = self._iterated(first.iter, first.is_async)
        self.inside(node, lambda: self._comprehended(node, iterable))
        return node

    visit_ListComp = visit_SetComp = visit_DictComp = visit_GeneratorExp = visit_comprehension_of

    def _comprehended(self, node, iterable):
        for number, each in enumerate(node.generators):
            each.iter = iterable if number == 0 else self._iterated(each.iter, each.is_async)
            each.target, written = self.target(each.target)
            each.ifs = [self.used(self.visit(test)) for test in each.ifs]
            if written:
                each.ifs.insert(0, call("wrote", each.target, *written))
        if isinstance(node, ast.DictComp):
            node.key, node.value = self.visit(node.key), self.visit(node.value)
        else:
            node.elt = self.visit(node.elt)

    def _iterated(self, node, is_async=0):
        iterable = self.visit(node)
        return iterable if is_async or isinstance(node, _SCALAR) else call("iterate", node, iterable)

    def target(self, node):
        """A target, with the places of the variables in it."""
        if isinstance(node, ast.Name):
            place = self.variable(node.id)
            return node, [] if place is None else [place]
        if isinstance(node, ast.Starred):
            node.value, written = self.target(node.value)
            return node, written
        if isinstance(node, (ast.Tuple, ast.List)):
            pairs = [self.target(each) for each in node.elts]
            node.elts = [each for each, _ in pairs]
            return node, [place for _, places in pairs for place in places]
        return self.visit(node), []

    def _defaults(self, given):
        given.defaults, given.kw_defaults = self.all(given.defaults), self.all(given.kw_defaults)
