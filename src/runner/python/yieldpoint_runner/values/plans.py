"""How the objects of classes are shown that have nothing but attributes, found once for each class: a program may yield one at each step."""
from itertools import chain, islice

from .objects import attribute_name, filled_slot, name_of, own_reader, slots_of

"""How many parts of a value are shown at most."""
MOST_CHILDREN = 64
_MOST = 1_000
"""By the ids of the classes."""
PLANS = {}


class Plan:
    """It keeps the class alive with its id."""

    def __init__(self, kind):
        self.kind = kind
        self.name = name_of(kind)
        self._slots = slots_of(kind)
        self._own = own_reader(kind)

    def parts(self, value, _kind):
        """The brackets of an object of the class, the number of its parts, and those that are shown as pairs of prefix and value."""
        own = self._own(value)
        if issubclass(type(own), dict):
            count, named = dict.__len__(own), dict.items(own)
        else:
            count, named = 0, ()
        filled = [(name, item) for name, member in self._slots for item in filled_slot(member, value)]
        count += len(filled)
        if count == 0:
            return ("<%s object" % self.name, ">"), 0, ()
        shown = chain(filled, islice(named, MOST_CHILDREN))
        return ("<%s " % self.name, ">"), count, ((attribute_name(name) + "=", item) for name, item in shown)


def planned(kind):
    """The plan of a class, which is made."""
    if len(PLANS) >= _MOST:
        PLANS.clear()
    plan = PLANS[id(kind)] = Plan(kind)
    return plan
