"""The user's files compiled with tracking."""
import ast
import io
import warnings

from ...load.module import compiled
from ...source.trees import nodes_of
from .building import codes_in, linked
from .callees import Callees
from .hooks import hooks_of
from .kinds import Kinds
from .marks import ELEMENTS, Marks
from .statements import Statements


class Tracking:
    """`marks` has what the slice that runs touches."""

    def __init__(self):
        self.marks = Marks()
        self._codes = {}
        self._content = {self.marks.place(ELEMENTS)}
        kinds = Kinds(self._codes)
        self._hooks = hooks_of(self.marks, kinds, Callees(kinds), self._content)

    def compiled(self, file):
        """The code of a file with calls of the runner in it."""
        with io.open_code(file) as source:
            text = source.read()
        return self.compiled_source(text, file)

    def compiled_expression(self, text, kind):
        """
        The same of an expression in the scope of a module.

        :raises RequestError: if it has a syntax error
        """
        compiled(text, kind)
        return self.compiled_source(text.strip(), "<%s>" % kind, "eval")

    def compiled_source(self, text, file, mode="exec"):
        """
        The same of a source text.

        :param text: text or bytes
        """
        tree = ast.parse(text, file, mode)
        self._learn_fields(tree)
        tree = ast.fix_missing_locations(Statements(tree, self.marks.place).visit(tree))
        with warnings.catch_warnings():
            # What stands for the runner looks like a call of a text; the rest was warned of when the file was compiled first.
            warnings.simplefilter("ignore", SyntaxWarning)
            code = linked(compile(tree, file, mode, dont_inherit=True), self._hooks)
        self._codes.update((id(each), each) for each in codes_in(code))
        return code

    def _learn_fields(self, tree):
        """Methods that a decorator adds to a class read its fields unseen: they count as content."""
        for node in nodes_of(tree):
            if isinstance(node, ast.ClassDef) and node.decorator_list:
                fields = [each.target.id for each in node.body if isinstance(each, ast.AnnAssign) and isinstance(each.target, ast.Name)]
                self._content.update(self.marks.place("." + field) for field in fields)
