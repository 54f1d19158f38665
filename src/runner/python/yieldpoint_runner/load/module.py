"""Loads the user's file under its own module name, so that its main part does not run. What imports `__main__` gets it all the same."""
import importlib
import importlib.machinery
import importlib.util
import io
import os
import sys
from types import FunctionType

from ..source import sourcelines
from ..control import door
from ..failures import RequestError, take_for_user_file
from ..values.objects import instance_dict

_GENERATOR = 0x20


class LoadedModule:
    def __init__(self, file, surroundings):
        self.file = os.path.abspath(file)
        take_for_user_file(self.file)
        self._surroundings = surroundings
        self.name, self._root = _name_and_root(self.file, surroundings.is_taken)
        self._code = (None, None)

    def load(self):
        """Evaluates a fresh instance. Raises what the user's code raises."""
        self._surroundings.restore(self.file, self._root, self.name)
        sourcelines.forget()
        self._evaluate("__main__")

    def load_beside(self):
        """Evaluates the module in the running program, unless the program has already loaded it in any way."""
        there = _module_of(self.file)
        if there is not None:
            self.scope = instance_dict(there)
            return
        if self._root not in sys.path:
            sys.path.append(self._root)
        while self.name in sys.modules:
            self.name += "_"
        try:
            self._evaluate()
        except BaseException:
            sys.modules.pop(self.name, None)
            raise

    @door
    def _evaluate(self, *others):
        """
        :param others: further names under which the module can be imported
        """
        code = self.compiled()
        parent = self.name.rpartition(".")[0]
        if parent:
            importlib.import_module(parent)
        spec = importlib.util.spec_from_file_location(self.name, self.file)
        if spec is None:
            loader = importlib.machinery.SourceFileLoader(self.name, self.file)
            spec = importlib.util.spec_from_loader(self.name, loader)
        module = importlib.util.module_from_spec(spec)
        for name in (self.name, *others):
            sys.modules[name] = module
        self.scope = module.__dict__
        # Set as an import does, so that the interpreter recognizes circular imports.
        spec._initializing = True
        try:
            exec(code, self.scope)
        finally:
            spec._initializing = False

    def generators(self):
        """The names of the module's own generator functions. If it has `__all__`, only those listed there."""
        names = [name for name, item in self.scope.items() if type(name) is str and self._is_generator_function(item)]
        exported = self.scope.get("__all__")
        return [name for name in names if name in exported] if type(exported) in (list, tuple) else names

    def _is_generator_function(self, item):
        if type(item) is not FunctionType or item.__module__ != self.name:
            return False
        return bool(item.__code__.co_flags & _GENERATOR)

    def compiled(self):
        """The compiled code. It is shared by all instances, so that they have the same yield points."""
        text = _read(self.file)
        if self._code[0] != text:
            self._code = (text, _compiled_source(text, self.file))
        return self._code[1]


def compiled_file(file):
    """
    The code of a source file.

    :raises SyntaxError: always with a location
    """
    return _compiled_source(_read(file), file)


def _read(file):
    with io.open_code(file) as source:
        return source.read()


def _module_of(file):
    """The loaded module whose source is a file; None if there is none."""
    base = os.path.basename(file)
    for module in list(sys.modules.values()):
        origin = instance_dict(module).get("__file__")
        if type(origin) is str and os.path.basename(origin) == base and os.path.realpath(origin) == os.path.realpath(file):
            return module
    return None


def _compiled_source(text, file):
    """
    :raises SyntaxError: always with a location. The interpreter gives none for a null byte or an unknown encoding
    """
    try:
        return compile(text, file, "exec", dont_inherit=True)
    except (SyntaxError, ValueError) as error:
        if issubclass(type(error), SyntaxError) and (error.lineno or 0) > 0:
            raise
        message = error.msg if issubclass(type(error), SyntaxError) else str(error)
        before = text[: max(0, text.find(b"\0" if b"\0" in text else b"coding"))].splitlines(True) or [b""]
        column = 1 if before[-1].endswith(b"\n") else len(before[-1].decode("utf-8", "replace")) + 1
        line = len(before) + (1 if before[-1].endswith(b"\n") else 0)
        raise SyntaxError(message, (file, line, column, None)) from None


@door
def run(code, scope):
    """The value of a compiled expression."""
    return eval(code, scope)


def compiled(expression, kind):
    """
    Compiles an expression.

    :param kind: `call` or `evaluate`, the code of the failure
    :raises RequestError: if it has a syntax error
    """
    try:
        return compile(expression.strip(), "<%s>" % kind, "eval", dont_inherit=True)
    except (SyntaxError, ValueError) as error:
        message = "%s: %s" % (type(error).__name__, error.msg if type(error) is not ValueError else error)
        raise RequestError(kind, message, remedy="Write one Python expression.") from None


def _name_and_root(file, is_taken):
    """The dotted name by which the file's package refers to it, and the folder that must be on the path."""
    folder, base = os.path.split(file)
    # A dot in the file's name would turn the part before it into a package. A dash cannot collide either: no import contains one.
    stem = os.path.splitext(base)[0].replace(".", "-")
    parts = [] if stem == "__init__" else [stem]
    while os.path.isfile(os.path.join(folder, "__init__.py")) and os.path.basename(folder).isidentifier():
        folder, package = os.path.split(folder)
        parts.insert(0, package)
    name = ".".join(parts) or stem
    # A file whose name equals that of a module in use must not replace that module.
    return (name + "_" if is_taken(name) else name), folder
