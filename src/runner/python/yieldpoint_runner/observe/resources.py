"""The locks, queues and the like that tasks of asyncio wait for, as resources of the wait log. None is kept alive."""
from ..execute.tasks import TaskNames
from ..failures import is_user_file
from ..source.points import variables_of
from ..values.objects import instance_dict, weakly
from ..waiting.request import ACQUIRE, EVENT, PUT, TAKE
from .asyncio_waits import capacity_of

"""Programs may make one for each of their requests. What is beyond that number is told as a promise."""
_MOST = 65_536
_LONGEST = 60
"""By operation. Anybody may release a lock of asyncio, so it is a semaphore. How many permits are free is not known."""
_KINDS = {ACQUIRE: "semaphore", PUT: "channel", TAKE: "channel", EVENT: "event"}


class AsyncioResources:
    """They are told as they are met."""

    def __init__(self, wire):
        self._wire = wire
        self._made = 0
        self._known = {}
        self._names = TaskNames()
        self._unnamed = {}

    def number(self, awaited, operation, noun, frame):
        """
        The number of what is waited for; None if it gets none.

        :param operation: what the wait is for
        :param noun: what it is called if it has no name
        :param frame: that of the coroutine which waits
        """
        # A queue has items, and somebody may wait until all of them are done.
        key = id(awaited), noun
        known = self._known.get(key)
        if known is not None and known[0]() is awaited:
            return known[1]
        reference = weakly(awaited)
        if reference() is None or self._made == _MOST:
            return None
        info = {"kind": _KINDS[operation], "name": self._name(awaited, noun, frame)}
        capacity = capacity_of(awaited) if info["kind"] == "channel" else None
        self._wire.say({"event": "resources", "resources": [info if capacity is None else dict(info, capacity=capacity)]})
        self._made += 1
        self._known[key] = reference, self._made
        return self._made

    def _name(self, awaited, noun, frame):
        given = _variable(awaited, frame)
        if given is not None:
            return self._names.unique(given + ".join()" if noun == "join" else given)
        self._unnamed[noun] = self._unnamed.get(noun, 0) + 1
        return self._names.unique("%s %d" % (noun, self._unnamed[noun]))


def _variable(value, frame):
    """The name of a variable of the innermost of the user's frames, or an attribute of its `self`, that has a value; None if there is none."""
    while frame is not None and not is_user_file(frame.f_code.co_filename):
        frame = frame.f_back
    if frame is None:
        return None
    found = variables_of(frame)
    for names in (frame.f_globals, found, instance_dict(found.get("self"))):
        for name, item in dict.items(names):
            if item is value and type(name) is str and name.isidentifier():
                return name[:_LONGEST]
    return None
