"""
Replaces functions of the interpreter wherever a program can find them. Methods of classes written in C cannot be assigned, so they are
put into the dictionary of the class: a replacement class would be a different type to the program.
"""
import gc
import sys


class Patches:
    """The replacements made, with what was there before."""

    def __init__(self):
        self._before = []

    def put(self, owner, name, value):
        """
        :param owner: a module or a class; if it has no attribute of that name, nothing happens
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
