"""
Values and all that can be reached from them, as a text: two of one run are equal only if nothing can tell the values apart, whatever is done with
them. Where that cannot be said, it says what is hidden. No user code runs.
"""
import builtins
import gc
from collections import deque
from types import (
    BuiltinFunctionType,
    CodeType,
    FrameType,
    FunctionType,
    GeneratorType,
    GetSetDescriptorType,
    MemberDescriptorType,
    MethodType,
    ModuleType,
    WrapperDescriptorType,
)

from ..tracking.iteration import Marked
from .known import ITERATORS, LEAVES, NAMES_OF_MODULE, PLAIN, hidden_in, is_known_module, names_in

_MOST_OBJECTS = 20_000
_BUILT_INS = vars(builtins)
_CONTENTS = (list, tuple, dict, set, frozenset, deque, int, float, str, bytes, BaseException)
_CELL = type((lambda cell: lambda: cell)(None).__closure__[0])
_WRAPPED = (staticmethod, classmethod)
_METHOD = type(str.join)
_STATELESS = (GetSetDescriptorType, WrapperDescriptorType, _METHOD, CodeType, type(NotImplemented), type(Ellipsis))
"""The dictionary of a class, whatever the class says."""
_dict_of = type.__dict__["__dict__"].__get__
_mro_of = type.__dict__["__mro__"].__get__


class HeapText:
    def __init__(self, modules, tasks, package):
        """
        :param modules: the scopes of the user's modules
        :param tasks: the generators that are tasks
        :param package: the module that makes requests; None if the program does not have it
        """
        self.hidden = None
        self._package = package
        self._texts = []
        self._numbers = {}
        self._objects = []
        self._scopes = {id(scope) for scope in modules}
        self._names = {scope.get("__name__") for scope in modules}
        self._tasks = {id(each): number for number, each in enumerate(tasks)}

    def add(self, text):
        """Adds to the text."""
        self._texts.append(text)

    def value(self, value):
        """Adds a value."""
        kind = type(value)
        if kind is str:
            self.add('"%d:%s' % (len(value), value))
        elif kind in LEAVES:
            self.add(repr(value))
        else:
            self._reference(value)

    def scope(self, scope):
        """Adds the variables of a module."""
        for name, value in scope.items():
            if name not in NAMES_OF_MODULE:
                self.value(name)
                if not self._is_clock(name, value):
                    self.value(value)

    def generator(self, generator):
        """Adds what a generator has kept: its variables, and what is on its stack in the middle of an expression or an iteration."""
        frame = generator.gi_frame
        if frame is None:
            self.add("over")
            return
        self._code(frame.f_code)
        self.add("at %d %s" % (frame.f_lasti, ",".join(sorted(frame.f_locals))))
        for each in (*gc.get_referents(generator), *gc.get_referents(frame)):
            # Its module and the built-ins are known.
            if type(each) is not FrameType and id(each) not in self._scopes and each is not _BUILT_INS and not self._is_scope(each):
                self.value(each)

    def end(self):
        """The text, with all objects that were met; None if something is hidden."""
        at = 0
        while at < len(self._objects) and self.hidden is None:
            self._object(self._objects[at])
            at += 1
            if at > _MOST_OBJECTS:
                self.hidden = "more than %d objects" % _MOST_OBJECTS
        if self._package is not None and self._package.reads_time:
            self.hidden = self.hidden or "the time"
        return ";".join(self._texts) if self.hidden is None else None

    def _reference(self, value):
        number = self._numbers.get(id(value))
        if number is None:
            number = self._numbers[id(value)] = len(self._objects)
            self._objects.append(value)
        self.add("#%d" % number)

    def _object(self, value):
        kind = type(value)
        if kind is FunctionType:
            self._function(value)
        elif kind is GeneratorType:
            task = self._tasks.get(id(value))
            self.add("task %d" % task) if task is not None else self.generator(value)
        elif kind is ModuleType:
            if self._package is not None:
                self._package.met(value)
            if id(vars(value)) not in self._scopes and not self._is_known(value.__name__):
                self.hidden = "the module %s" % value.__name__
            self.add(value.__name__)
        elif kind is BuiltinFunctionType:
            self._built_in(value)
        elif kind is MethodType:
            self.value(value.__func__)
            self.value(value.__self__)
        elif kind is _CELL:
            self._cell(value)
        elif kind is property:
            for each in (value.fget, value.fset, value.fdel):
                self.value(each)
        elif kind in _WRAPPED:
            self.value(value.__func__)
        elif kind in ITERATORS:
            for each in value.__reduce__():
                self.value(each)
        elif issubclass(kind, Marked):
            self.value(Marked.inside(value))
        elif self._package is not None and value is self._package.engine:
            self.add("engine")
        elif kind is MemberDescriptorType:
            self.add("member %s" % value.__name__)
            self.value(value.__objclass__)
        elif kind in _STATELESS:
            self.add("%s %d" % (kind.__name__, id(value)))
        elif issubclass(kind, type):
            self._class(value)
        else:
            self._instance(value, kind)

    def _is_known(self, module):
        return is_known_module(module) or self._package is not None and module == self._package.name

    def _is_scope(self, value):
        return self._package is not None and value is self._package.scope

    def _is_clock(self, name, value):
        """Whether a variable of a module is the function of the package that gives the time."""
        return self._package is not None and self._package.is_clock(name, value)

    def _function(self, function):
        self.add("function")
        if self._is_clock(None, function):
            self.hidden = "the time"
        if id(function.__globals__) not in self._scopes:
            if not self._is_known(function.__module__):
                self.hidden = "a function of the module %s" % function.__module__
            self.add("%s.%s" % (function.__module__, function.__qualname__))
            return
        self._code(function.__code__)
        for each in (function.__defaults__, function.__kwdefaults__, function.__closure__):
            self.value(each)
        self._dict(vars(function))

    def _cell(self, cell):
        try:
            self.value(cell.cell_contents)
        except ValueError:
            self.add("unset")

    def _code(self, code):
        self.hidden = self.hidden or hidden_in(code)
        if self._package is not None:
            self._package.names |= names_in(code)
        self.add("%s:%d:%d" % (code.co_name, code.co_firstlineno, id(code)))

    def _built_in(self, function):
        owner = function.__self__
        self.add(function.__qualname__)
        if isinstance(owner, ModuleType):
            if not self._is_known(owner.__name__):
                self.hidden = "a function of the module %s" % owner.__name__
        elif owner is not None:
            self.value(owner)

    def _class(self, value):
        self.add("class")
        if value.__module__ not in self._names:
            if not self._is_known(value.__module__):
                self.hidden = "the class %s of the module %s" % (value.__name__, value.__module__)
            self.add("%s.%s" % (value.__module__, value.__qualname__))
            return
        self.value(type(value))
        self.value(value.__bases__)
        for name, each in _dict_of(value).items():
            if name not in NAMES_OF_MODULE:
                self.value(name)
                self.value(each)

    def _instance(self, value, kind):
        contents = None
        for each in _mro_of(kind):
            if each in _CONTENTS:
                contents = contents or each
            elif each is not object and not self._is_seen(each):
                self.hidden = self.hidden or "an object of the class %s" % kind.__name__
        if self.hidden is not None:
            return
        self.add("object")
        if kind not in _CONTENTS:
            self.value(kind)
            self._attributes(value, kind)
        if contents is not None:
            self._contents(value, contents)

    def _is_seen(self, kind):
        """Whether the objects of a class have nothing but attributes."""
        if self._package is not None and kind.__module__ == self._package.name:
            return True
        is_error = kind.__module__ == "builtins" and issubclass(kind, BaseException) and not issubclass(kind, OSError)
        return is_error or kind.__module__ in self._names or (kind.__module__, kind.__name__) in PLAIN

    def _attributes(self, value, kind):
        for each in _mro_of(kind):
            for name, member in _dict_of(each).items():
                if type(member) is MemberDescriptorType and each is not BaseException:
                    self.value(name)
                    try:
                        self.value(member.__get__(value))
                    except AttributeError:
                        self.add("unset")
        try:
            self._dict(object.__getattribute__(value, "__dict__"))
        except AttributeError:
            pass

    def _dict(self, value):
        for name, each in value.items():
            self.value(name)
            self.value(each)
        self.add("}")

    def _contents(self, value, kind):
        self.add(kind.__name__)
        if kind is dict:
            for key, each in dict.items(value):
                self.value(key)
                self.value(each)
        elif kind is set or kind is frozenset:
            items = list(kind.__iter__(value))
            if any(type(item) not in LEAVES and type(item) is not str for item in items):
                self.hidden = "a set of objects"
            self.add(repr(sorted(map(repr, items))))
        elif kind is BaseException:
            for each in (BaseException.args.__get__(value), value.__cause__, value.__context__):
                self.value(each)
        elif kind in (list, tuple, deque):
            self.add(str(kind.__len__(value)))
            for each in kind.__iter__(value):
                self.value(each)
        else:
            self.value(kind(value) if kind is not str else str.__str__(value))
