"""What a call may touch, judged by what is called. Nothing of the user's runs for that."""
import sys
from types import BuiltinFunctionType, FunctionType, MethodType, ModuleType

from ...control import is_runner_code
from ...values.objects import class_data, instance_dict, name_of
from . import known
from .kinds import CONTAINER, GENERATOR, ITERATOR, LIBRARY, SCALAR, USER, is_cotasks

_COTASKS = "<cotasks>"
_CREATES = ("mutex", "semaphore", "channel", "event")
_PRINTS = ("write", "writelines", "flush")
_UNBOUND = (type(list.append), type(list.__len__), type(dict.__dict__["fromkeys"]))
_BOUND = type([].__len__)


class Callees:
    def __init__(self, kinds):
        self._kinds = kinds

    def effect_of(self, called):
        """One of the effects in `known`; a text where the program gets hold of its variables in another way."""
        kind = type(called)
        if kind is FunctionType:
            return self._of_function(called)
        if kind is MethodType:
            return self.effect_of(called.__func__)
        if kind is BuiltinFunctionType:
            return self._of_builtin(called)
        if issubclass(kind, type):
            return self._of_class(called)
        if kind in _UNBOUND or kind is _BOUND:
            owner = called.__objclass__ if kind is not _BOUND else type(called.__self__)
            return self._of_method(owner, called.__name__)
        return self._of_object(called, kind)

    def _of_function(self, called):
        if self._kinds.is_seen(called):
            return known.NOTHING
        code = called.__code__
        if code.co_filename == _COTASKS:
            return known.CLOCK if code.co_name == "now" else known.CREATES if code.co_name in _CREATES else known.NOTHING
        if is_runner_code(code):
            return known.PRINTS if code.co_name in _PRINTS else known.CLOCK
        module = called.__module__
        loaded = sys.modules.get(module) if type(module) is str else None
        is_own = loaded is not None and called.__globals__ is instance_dict(loaded)
        return known.MODULES.get(module, known.OPAQUE) if is_own else known.OPAQUE

    def _of_builtin(self, called):
        if id(called) in known.BLINDING:
            return known.BLINDING[id(called)]
        if id(called) in known.FUNCTIONS:
            return known.FUNCTIONS[id(called)]
        owner = called.__self__
        if type(owner) is ModuleType:
            return known.BUILTIN_MODULES.get(instance_dict(owner).get("__name__"), known.OPAQUE)
        if issubclass(type(owner), type):
            return self._of_method(owner, called.__name__)
        return self._of_method(type(owner), called.__name__)

    def _of_method(self, owner, name):
        if issubclass(owner, known.DRAWING):
            return known.DRAWS
        kind = self._kinds.of(owner)
        if kind == CONTAINER or kind == USER:
            return known.METHODS.get(name, known.READS)
        if kind in (GENERATOR, ITERATOR):
            return known.STEPS
        return known.READS if kind == SCALAR else known.OPAQUE

    def _of_class(self, called):
        if id(called) in known.CLASSES:
            return known.CLASSES[id(called)]
        if called is type:
            return known.NOTHING
        if is_cotasks(called):
            return known.NOTHING
        kind = self._kinds.of(called)
        if kind == LIBRARY:
            return known.OPAQUE
        return known.NOTHING if all(self._is_known(class_data(called, name)) for name in ("__init__", "__new__")) else known.OPAQUE

    def _is_known(self, maker):
        """Whether what makes objects is the user's, or made by the interpreter or by a dataclass."""
        maker = maker.__func__ if type(maker) is staticmethod else maker
        if type(maker) is not FunctionType:
            return True
        return self._kinds.is_seen(maker) or maker.__code__.co_filename.startswith("<") or maker.__module__ in known.MODULES

    def _of_object(self, called, kind):
        name = name_of(kind)
        if class_data(kind, "__module__") == "functools":
            if name == "partial":
                return self.effect_of(called.func)
            return known.CACHES if name == "_lru_cache_wrapper" else known.OPAQUE
        caller = class_data(kind, "__call__")
        return self._of_function(caller) if type(caller) is FunctionType else known.OPAQUE


def call_name(called):
    """A call as text, such as `os.getcwd`."""
    owner = called.__self__ if type(called) is BuiltinFunctionType else None
    own = getattr(called, "__qualname__", None) if type(called) in (FunctionType, BuiltinFunctionType, type) else None
    if type(owner) is ModuleType:
        return "%s.%s" % (instance_dict(owner).get("__name__"), called.__name__)
    if type(own) is not str:
        return name_of(type(called))
    module = getattr(called, "__module__", None) if type(called) in (FunctionType, type) else None
    return "%s.%s" % (module, own) if type(module) is str and module != "builtins" else own
