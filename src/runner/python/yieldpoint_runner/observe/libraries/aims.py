"""
What a task waits for, as a library tells it. An aim is a tuple: the operation, the object that the task waits for, and what a resource is
called that has no name. The object of a sleep is the time when it is due, that of a promise is None.
"""
from ...waiting.request import PROMISE


class Wanted:
    """The aims of a task that waits: for one of them, or, if `how` is ANY or ALL, for the first or for all of them."""

    __slots__ = ("how", "aims")

    def __init__(self, aims, how=None):
        self.how = how if len(aims) > 1 else None
        self.aims = aims


SOMETHING = Wanted(((PROMISE, None, None),))
