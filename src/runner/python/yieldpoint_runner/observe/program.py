"""The observed program: run as its interpreter would run it, as the main program, until it ends as it would end."""
import builtins
import gc
import os
import sys
from gc import collect
from importlib.machinery import SourceFileLoader
from importlib.util import find_spec
from types import ModuleType

from ..control import door
from ..failures import failure_of, take_for_user_file, trim
from ..load.module import compiled_file

"""Where the interpreter keeps the exception that has ended the program, and with it the namespace."""
_LAST_ERROR = ("last_type", "last_value", "last_traceback", "last_exc")


class Program:
    """`scope` is the namespace of its module."""

    def __init__(self, file, arguments, name, surroundings):
        """
        :param name: the name under which it is run as a module, or None
        :raises RequestError: if the file cannot be compiled
        """
        self.file = file
        take_for_user_file(file)
        try:
            self._code = compiled_file(file)
        except (OSError, SyntaxError, ValueError) as error:
            raise failure_of("load", error) from None
        self._arguments = arguments
        self._name = name
        self._surroundings = surroundings
        self._module = ModuleType("__main__")
        self.scope = self._module.__dict__

    def prepare(self):
        """Makes the environment what the program would find. Called before anything of it runs."""
        folder = os.path.dirname(os.path.realpath(self.file))
        self._surroundings.restore(self.file, folder, "__main__")
        sys.path[:] = self._surroundings.path_of_script(folder if self._name is None else _root_of(self.file, self._name))
        sys.argv[:] = [self.file, *self._arguments]
        _replace_command(sys.argv)
        self.scope["__loader__"] = SourceFileLoader("__main__", self.file)
        if sys.version_info < (3, 14):
            self.scope["__annotations__"] = {}
        self.scope["__builtins__"] = builtins
        self.scope["__file__"] = self.file
        self.scope["__cached__"] = None
        sys.modules["__main__"] = self._module

    @door
    def run(self):
        """Raises what the program raises."""
        if self._name is not None:
            self._become_module()
        exec(self._code, self.scope)

    def _become_module(self):
        """As `python -m` does: the packages around the module are imported first."""
        spec = find_spec(self._name)
        if spec is not None and spec.submodule_search_locations is not None:
            spec = find_spec(self._name + ".__main__")
        if spec is not None:
            self.scope["__spec__"] = spec
            self.scope["__package__"] = spec.parent
            self.scope["__loader__"] = spec.loader

    @door
    def delete(self):
        """
        Deletes the module as the interpreter would at its end: with nothing else that refers to it, what it has is freed or collected, and
        the finalizers still find it whole. Nobody may hold its namespace.
        """
        callbacks, gc.callbacks[:] = gc.callbacks[:], []
        if gc.isenabled():
            collect()
        for name in _LAST_ERROR:
            if hasattr(sys, name):
                setattr(sys, name, None)
        sys.modules.pop("__main__", None)
        self._module = self.scope = None
        collect()
        gc.callbacks[:] = callbacks


def _root_of(file, module):
    """The folder in which a module is found by its name."""
    names = module.split(".")
    for _ in names if os.path.basename(file) == "__main__.py" else names[1:]:
        file = os.path.dirname(file)
    return os.path.dirname(file)


def _replace_command(argv):
    """The command that started the interpreter, as if it had started the program."""
    command = getattr(sys, "orig_argv", None)
    runner = [at for at, word in enumerate(command or ()) if os.path.basename(word) == "main.py"]
    if runner:
        command[runner[0] :] = argv


def show_only_the_program(error):
    """
    Has the interpreter show an exception without the frames of the runner, through which it still passes: it sets `sys.last_traceback`
    and calls the hook of the program as ever.
    """
    hook = sys.excepthook

    def show(kind, value, _traceback):
        sys.excepthook = hook
        trim(error)
        sys.last_traceback = error.__traceback__
        hook(kind, value, error.__traceback__)

    sys.excepthook = show
