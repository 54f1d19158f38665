"""
Puts functions in the place of the interpreter's, wherever a program finds them. Those of classes that are written in C cannot be
assigned: they are put into the dictionary of the class, since another class in its place would be another type to the program.
"""
import gc
import sys


class Patches:
    """What was put in place, and what was there before."""

    def __init__(self):
        self._before = []

    def put(self, owner, name, value):
        """
        :param owner: a module or a class; nothing happens where it has nothing of that name
        """
        before = owner.__dict__.get(name)
        if before is None:
            return
        self._before.append((owner, name, before))
        _assign(owner, name, value)

    def take_back(self):
        while self._before:
            _assign(*self._before.pop())


def _assign(owner, name, value):
    try:
        setattr(owner, name, value)
    except TypeError:
        (attributes,) = gc.get_referents(owner.__dict__)
        attributes[name] = value
        sys._clear_type_cache()
