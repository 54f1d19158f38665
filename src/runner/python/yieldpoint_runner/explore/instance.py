"""Fresh instances of the user's program, many thousands a second."""
import importlib
import sys
from types import ModuleType

from ..control import door
from ..execute.tasks import checked
from ..load.module import compiled
from .modules import UserModules
from .tracking.building import codes_in


class Source:
    """The session's file, or another one that a call is evaluated in, as it is known before the first instance."""

    def __init__(self, module):
        """
        :param module: one that is loaded
        """
        self.file = module.file
        self.name = module.scope["__name__"]
        self.parent = self.name.rpartition(".")[0]
        own = vars(ModuleType(self.name))
        self.attributes = {
            key: item for key, item in module.scope.items() if key in _ATTRIBUTES and not (key in own and own[key] is item)
        }


_ATTRIBUTES = {"__name__", "__doc__", "__package__", "__loader__", "__spec__", "__file__", "__cached__", "__path__"}


class Instances:
    """Makes them all of the same code. `scope` is that of the session's file in the last one, `given` how many tasks the calls make."""

    def __init__(self, sources, calls, compile_file, compile_expression, threads=None):
        """
        :param sources: of the session's file, and of the others that calls are evaluated in
        :param calls: each as text, with the position of its source
        :param compile_file: gives the code of a file
        :param compile_expression: gives the code of a call
        :param threads: the threads in which the calls run; None if they give generators
        """
        self._main, *self._others = [(source, compile_file(source.file)) for source in sources]
        self.given = len(calls)
        self._calls = _together(calls, compile_expression)
        self._first_calls = None if self._others or threads is not None else self._calls[0][0]
        self._threads = threads
        self._bodies = [(call, compile_expression(call, "call"), at) for call, at in calls] if threads is not None else None
        self._modules = UserModules(compile_file)
        self._path = list(sys.path)
        self._path_length = len(self._path)
        self.scope = None

    def use(self):
        """From now on user modules are imported as these instances have them."""
        others = [each for each in sys.meta_path if isinstance(each, UserModules)]
        if others == [self._modules]:
            return
        for each in others:
            each.forget()
            sys.meta_path.remove(each)
        sys.meta_path.insert(0, self._modules)

    def modules(self):
        """The scopes of the modules of the user's files in the last one."""
        loaded = [sys.modules[name].__dict__ for name in self._modules.loaded if name in sys.modules]
        return [self.scope, *loaded]

    def mentions_random(self):
        """Whether a file of the user's may use random numbers by itself."""
        codes = [code for _, code in (self._main, *self._others)] + self._modules.codes()
        return any("random" in name.lower() for code in codes for each in codes_in(code) for name in each.co_names)

    @door
    def make(self):
        """Evaluates a fresh instance, and gives the objects that its calls give."""
        if self._modules.loaded:
            self._modules.forget()
        if len(sys.path) != self._path_length:
            sys.path[:] = self._path
        source, code = self._main
        if source.parent:
            importlib.import_module(source.parent)
        modules, name = sys.modules, source.name
        module = modules[name] = modules["__main__"] = ModuleType(name)
        scope = self.scope = module.__dict__
        scope.update(source.attributes)
        exec(code, scope)
        if self._first_calls is not None:
            return eval(self._first_calls, scope)
        scopes = [scope, *(self._beside(*other) for other in self._others)]
        if self._bodies is not None:
            return [self._threads.body(call, code, scopes[at]) for call, code, at in self._bodies]
        return [each for calls, at in self._calls for each in eval(calls, scopes[at])]

    @door
    def _beside(self, source, code):
        """The scope of another file's module, which the program may have imported already."""
        module = sys.modules.get(source.name)
        if module is None:
            if source.parent:
                importlib.import_module(source.parent)
            module = sys.modules[source.name] = ModuleType(source.name)
            self._modules.loaded.append(source.name)
            module.__dict__.update(source.attributes)
            exec(code, module.__dict__)
        return module.__dict__


def _together(calls, compile_expression):
    """
    The code of calls, with the positions of their sources: those that follow each other in one source as a list, since it takes longer to evaluate
    an expression than to make a call.

    :raises RequestError: where a call has a syntax error
    """
    lists = [(0, [])]
    for call, at in calls:
        compiled(call, "call")
        if at != lists[-1][0]:
            lists.append((at, []))
        lists[-1][1].append("(%s\n)" % call)
    return [(compile_expression("[%s]" % ", ".join(each), "call"), at) for at, each in lists]


def check_all(given):
    """
    Checks that the results of calls can become tasks.

    :raises RequestError: where one cannot
    """
    known = {}
    for each in given:
        checked(each, known)
        known[id(each)] = _Known
    return given


class _Known:
    name = "of another call"
