"""The runner's functions that the user's code calls where it reads, writes or calls something. Each gives what it was given."""
import sys
from types import FunctionType, ModuleType

from ...control import bare_door
from . import known
from .callees import call_name
from .iteration import iteration_hooks
from .kinds import CACHED, HIDDEN, ITERATOR, LIBRARY, SCALAR
from .marks import CACHES, ELEMENTS, ITERATORS, OUTPUT, RANDOM
from ...failures import is_user_file
from ...values.objects import instance_dict, name_of


def hooks_of(marks, kinds, callees, content):
    """
    All of them by name.

    :param content: the places that may be read where the whole content of an object is: its elements and the fields of data classes
    """
    elements, iterators = marks.place(ELEMENTS), marks.place(ITERATORS)
    places = {
        known.WRITES: elements,
        known.PRINTS: marks.place(OUTPUT),
        known.STEPS: iterators,
        known.DRAWS: marks.place(RANDOM),
        known.CREATES: marks.scheduler,
        known.CACHES: marks.place(CACHES),
    }
    reads, writes = marks.reads, marks.writes
    # What an attribute that is changed in place may be, too: a variable of a module that was looked at.
    of_modules = {}

    def read(place, value):
        reads.add(place)
        return value

    def write(place, value):
        writes.add(place)
        return value

    def write_all(value, *written):
        writes.update(written)
        return value

    def wrote(*written):
        writes.update(written)
        return True

    def reading(*read):
        reads.update(read)

    def use(value):
        kind = kinds.of(type(value))
        if kind != SCALAR:
            reads.update(content)
            if kind == LIBRARY:
                marks.cannot_see(name_of(type(value)))
        return value

    def consume(value):
        kind = kinds.of(type(value))
        if kind != SCALAR:
            reads.update(content)
            if kind == ITERATOR:
                writes.add(iterators)
            elif kind == LIBRARY:
                marks.cannot_see(name_of(type(value)))
        return value

    def touch_elements():
        reads.update(content)

    def augmented(_began, value, is_element, repeats, *written):
        """A number cannot be added to a list in place."""
        for place in written:
            writes.add(place)
            if place in of_modules:
                writes.add(of_modules[place])
        kind = type(value)
        if is_element or not (kind is float or kind is complex or value is None or kind is int and not repeats):
            writes.add(elements)
            reads.update(content)
        if kinds.of(kind) == LIBRARY:
            marks.cannot_see(name_of(kind))
        return value

    def touch(owner, own, of_module, name, touched):
        kind = type(owner)
        if kind is ModuleType:
            of_modules[own] = of_module
            touched.add(of_module)
            return
        if id(kind) in known.WITHOUT_VARIABLES:
            return
        touched.add(own)
        if name == "__dict__":
            marks.go_blind("__dict__")
        found = kinds.attribute(kind, name)
        if found == CACHED:
            writes.add(own)
        elif found == HIDDEN:
            marks.cannot_see("%s.%s" % (name_of(kind), name))

    def attribute(owner, own, of_module, name):
        touch(owner, own, of_module, name, reads)
        return owner

    def changed_attribute(owner, own, of_module, name):
        touch(owner, own, of_module, name, writes)
        return owner

    def element(owner, _gives_way):
        kind = kinds.of(type(owner))
        if kind != SCALAR:
            reads.add(elements)
            if _gives_way:
                marks.go_blind("a key with a yield")
            if kind == LIBRARY:
                marks.cannot_see(name_of(type(owner)))
        return owner

    def changed_element(owner, gives_way):
        writes.add(elements)
        return element(owner, gives_way)

    def callee(called):
        effect = callees.effect_of(called)
        if effect == known.NOTHING:
            return called
        if effect == known.READS:
            reads.update(content)
        elif effect == known.PASSES:
            reads.update(content)
            writes.add(elements)
            # A function of Python may look at the frame that calls it, so nothing can stand between.
            return called if type(called) is FunctionType else _Passing(called, passed)
        elif effect in places:
            reads.update(content)
            if effect != known.PRINTS or marks.counts_output:
                writes.add(places[effect])
            if effect == known.STEPS:
                writes.add(elements)
        elif effect == known.CLOCK:
            writes.add(marks.clock)
        elif effect == known.OPAQUE:
            marks.cannot_see(call_name(called))
        else:
            marks.go_blind(effect)
        if effect == known.CACHES:
            callee(called.__wrapped__)
        return called

    def passed(given):
        """A function that is given to another one, which may call it at any time."""
        if callable(given) and callees.effect_of(given) not in (known.NOTHING, known.READS):
            marks.go_blind(call_name(given))

    def deferred(called):
        return _Deferred(called, callee)

    def manager(given):
        kind = type(given)
        if kinds.of(kind) != LIBRARY or id(kind) in known.MANAGERS:
            return given
        return _Manager(given, lambda: marks.cannot_see(name_of(kind)))

    def raised(given):
        return callee(given) if isinstance(given, type) else given

    def matched(given):
        marks.is_all = True
        return given

    def imports(name, *written):
        writes.update(written)
        module = sys.modules.get(name)
        if module is None or is_user_file(str(instance_dict(module).get("__file__") or "<")):
            marks.is_all = True

    def defines_class(*written):
        writes.update(written)
        marks.is_all = True

    plain = (read, write, write_all, wrote, reading, use, touch_elements, augmented, attribute, changed_attribute, element, changed_element)
    others = (callee, deferred, manager, raised, matched, imports, defines_class)
    hooks = {each.__name__: bare_door(each) for each in (*plain, *others)}
    return {**hooks, "elements": bare_door(consume), **iteration_hooks(marks, kinds, (elements, iterators))}


class _Passing:
    """A function that calls others that it is given."""

    def __init__(self, called, passed):
        self._called = called
        self._passed = passed

    @bare_door
    def __call__(self, /, *given, **named):
        for each in (*given, *named.values()):
            self._passed(each)
        return self._called(*given, **named)


class _Deferred:
    """A function whose arguments are evaluated in more than one slice: it is called in the last of them."""

    def __init__(self, called, callee):
        self._called = called
        self._callee = callee

    @bare_door
    def __call__(self, /, *given, **named):
        return self._callee(self._called)(*given, **named)


class _Manager:
    """A context manager that cannot be seen into, neither when it is entered nor when it is left."""

    def __init__(self, given, mark):
        self._given = given
        self._mark = mark

    @bare_door
    def __enter__(self):
        self._mark()
        return type(self._given).__enter__(self._given)

    @bare_door
    def __exit__(self, *how):
        self._mark()
        return type(self._given).__exit__(self._given, *how)
