"""What the names in a source refer to: variables of the module, captured variables, or variables that nobody else can see."""
import ast

_FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda)
_COMPREHENSIONS = (ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp)
"""Nodes with the names that they bind as text."""
_BINDS_NAME = {"ExceptHandler": "name", "MatchAs": "name", "MatchStar": "name", "MatchMapping": "rest"}


class Scope:
    """`captured` are its own variables that an inner scope refers to."""

    def __init__(self, node, outer, name, line):
        self.node = node
        self.outer = outer
        self.name = name
        self.line = line
        self.is_class = isinstance(node, ast.ClassDef)
        self.is_module = outer is None
        self.is_comprehension = isinstance(node, _COMPREHENSIONS)
        self.bound = set()
        self.used = set()
        self.declared_global = set()
        self.declared_nonlocal = set()
        self.captured = set()

    def owner_of(self, name):
        """The scope whose variable a name is; that of the module for its variables and for built-ins."""
        at, is_inner = self, False
        while at.outer is not None:
            if name in at.declared_global:
                break
            if name in at.bound and name not in at.declared_nonlocal and not (is_inner and at.is_class):
                return at
            at, is_inner = at.outer, True
        return at if at.outer is None else self.module

    @property
    def module(self):
        """The outermost scope."""
        at = self
        while at.outer is not None:
            at = at.outer
        return at


def scopes_of(tree):
    """The scope of each node that has one of its own."""
    finder = _Finder()
    finder.enter(tree, None, "", 0, tree.body if isinstance(tree.body, list) else [tree.body])
    for scope in finder.scopes.values():
        for name in scope.used:
            owner = scope.owner_of(name)
            if owner is not scope and not owner.is_module:
                owner.captured.add(name)
    return finder.scopes


class _Finder(ast.NodeVisitor):
    def __init__(self):
        self.scopes = {}
        self._scope = None

    def enter(self, node, outer, name, line, inside):
        """Finds the names of a scope."""
        before, self._scope = self._scope, Scope(node, outer, name, line)
        self.scopes[node] = self._scope
        self._all(inside)
        self._scope = before

    def visit(self, node):
        binds = _BINDS_NAME.get(type(node).__name__)
        name = getattr(node, binds) if binds is not None else None
        if name is not None:
            self._bind(name)
        super().visit(node)

    def visit_Name(self, node):
        self._scope.used.add(node.id)
        if not isinstance(node.ctx, ast.Load):
            self._scope.bound.add(node.id)

    def visit_NamedExpr(self, node):
        self.visit(node.value)
        scope = self._scope
        self._scope.used.add(node.target.id)
        while scope.is_comprehension:
            scope = scope.outer
        scope.bound.add(node.target.id)
        scope.used.add(node.target.id)

    def visit_Global(self, node):
        self._scope.declared_global.update(node.names)

    def visit_Nonlocal(self, node):
        self._scope.declared_nonlocal.update(node.names)
        self._scope.used.update(node.names)

    def visit_Import(self, node):
        for alias in node.names:
            self._bind((alias.asname or alias.name).partition(".")[0])

    visit_ImportFrom = visit_Import

    def visit_FunctionDef(self, node):
        self._bind(node.name)
        self._all(node.decorator_list)
        self._function(node, node.name, node.body)

    visit_AsyncFunctionDef = visit_FunctionDef

    def visit_Lambda(self, node):
        self._function(node, "<lambda>", [node.body])

    def visit_ClassDef(self, node):
        self._bind(node.name)
        self._all(node.decorator_list + node.bases + node.keywords)
        self.enter(node, self._scope, node.name, node.lineno, node.body)

    def visit_comprehension_of(self, node):
        """The first iterable belongs to the scope around it."""
        self.visit(node.generators[0].iter)
        results = [node.key, node.value] if isinstance(node, ast.DictComp) else [node.elt]
        first, *rest = node.generators
        inside = [first.target, *first.ifs, *rest, *results]
        self.enter(node, self._scope, "<comprehension>", node.lineno, inside)

    visit_ListComp = visit_SetComp = visit_DictComp = visit_GeneratorExp = visit_comprehension_of

    def _function(self, node, name, body):
        given = node.args
        self._all(given.defaults + [each for each in given.kw_defaults if each is not None])
        arguments = getattr(given, "posonlyargs", []) + given.args + given.kwonlyargs
        arguments += [each for each in (given.vararg, given.kwarg) if each is not None]
        self._all([each.annotation for each in arguments if each.annotation is not None])
        if getattr(node, "returns", None) is not None:
            self.visit(node.returns)
        self.enter(node, self._scope, name, node.lineno, body)
        scope = self.scopes[node]
        scope.bound.update(each.arg for each in arguments)
        scope.used.update(each.arg for each in arguments)

    def _bind(self, name):
        self._scope.bound.add(name)
        self._scope.used.add(name)

    def _all(self, nodes):
        for node in nodes:
            self.visit(node)
