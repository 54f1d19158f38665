"""Iteration over what other tasks may change or advance: what is touched at each item is marked."""
import sys
from types import GeneratorType

from ...control import bare_door
from ...values.objects import name_of
from .kinds import CONTAINER, GENERATOR, ITERATOR, SCALAR, USER


class Marked:
    """An iterator that marks each of its steps."""

    __slots__ = ("_step", "_mark")

    def __init__(self, iterator, mark):
        self._step = iterator.__next__
        self._mark = mark

    def __iter__(self):
        return self

    def inside(self):
        """The iterator itself."""
        return self._step.__self__

    @bare_door
    def __next__(self):
        self._mark()
        return self._step()


_classes = {}


def _marked(iterator, mark):
    """Errors about it name the class of the iterator."""
    name = name_of(type(iterator))
    kind = _classes.get(name)
    if kind is None:
        kind = _classes[name] = type(name, (Marked,), {"__slots__": ()})
    return kind(iterator, mark)


class _MarkedGenerator(Marked):
    """The same of a generator that another one delegates to."""

    __slots__ = ("_generator",)

    def __init__(self, generator, mark):
        super().__init__(generator, mark)
        self._generator = generator

    @bare_door
    def send(self, value):
        self._mark()
        return self._generator.send(value)

    @bare_door
    def throw(self, *given):
        self._mark()
        return self._generator.throw(*given)

    def close(self):
        self._mark()
        self._generator.close()


def iteration_hooks(marks, kinds, numbers):
    """`iterate` is called with what a loop goes over, `delegate` with what a generator delegates to."""
    elements, iterators = numbers

    def read():
        marks.reads.add(elements)

    def advance():
        marks.reads.add(elements)
        marks.writes.add(iterators)

    def hidden():
        marks.cannot_see("an iterator")

    @bare_door
    def iterate(value):
        kind = kinds.of(type(value))
        if kind == SCALAR:
            return value
        if kind == GENERATOR:
            return value if type(value) is not GeneratorType or sys.getrefcount(value) <= _ALONE else _marked(value, advance)
        iterator = iter(value)
        found = kinds.of(type(iterator))
        if iterator is not value and (kind == CONTAINER or found == ITERATOR):
            return _marked(iterator, read)
        if found == GENERATOR or found == USER:
            return iterator
        return _marked(iterator, advance if found == ITERATOR else hidden)

    @bare_door
    def delegate(value):
        kind = kinds.of(type(value))
        if kind == GENERATOR:
            return value if type(value) is not GeneratorType or sys.getrefcount(value) <= _ALONE else _MarkedGenerator(value, advance)
        return value if kind == SCALAR else iterate(value)

    return {"iterate": iterate, "delegate": delegate}


def _references_alone():
    """How often an object counts as referred to that only the call knows to which it is given."""

    def counted(value):
        return sys.getrefcount(value)

    return counted(object())


_ALONE = _references_alone()
