"""The locks, queues and the like that tasks wait for, as resources of the wait log. None is kept alive."""
from ..execute.tasks import TaskNames
from ..failures import is_user_file
from ..source.points import variables_of
from ..values.objects import instance_dict, weakly
from ..waiting.request import ACQUIRE, EVENT, PUT, TAKE

"""Programs may make one for each of their requests. What is beyond that number is told as a promise."""
_MOST = 65_536
_LONGEST = 60
"""By operation. Anybody may release a lock of asyncio, so it is a semaphore."""
_KINDS = {ACQUIRE: "semaphore", PUT: "channel", TAKE: "channel", EVENT: "event"}


class Resources:
    """They are told as they are met. `_by_number` has them with their libraries."""

    def __init__(self, wire):
        self._wire = wire
        self._by_number = []
        self._known = {}
        self._names = TaskNames()
        self._unnamed = {}

    def number(self, aim, library, frame, taken=0):
        """
        The number of what is aimed at; None if it gets none.

        :param frame: that of the coroutine which waits
        :param taken: how many of its permits have been taken that nobody is known to hold
        """
        _, awaited, noun = aim
        # A queue has items, and somebody may wait until all of them are done.
        key = id(awaited), noun
        known = self._known.get(key)
        if known is not None and known[0]() is awaited:
            return known[1]
        reference = weakly(awaited)
        if reference() is None or len(self._by_number) == _MOST:
            return None
        info = self._info(aim, library, frame, taken)
        self._wire.say({"event": "resources", "resources": [info]})
        self._by_number.append((reference, library))
        self._known[key] = reference, len(self._by_number), info["name"]
        return len(self._by_number)

    def name_of(self, awaited, noun):
        """The name of a resource that has a number; None if it has none."""
        reference, _, name = self._known.get((id(awaited), noun), (None, None, None))
        return name if reference is not None and reference() is awaited else None

    def of(self, number):
        """A resource and its library. The resource is None if it is no longer there."""
        reference, library = self._by_number[number - 1]
        return reference(), library

    def _info(self, aim, library, frame, taken):
        operation, awaited, noun = aim
        given, size = library.info_of(awaited, noun)
        kind = _KINDS[operation]
        info = {"kind": kind, "name": self._name(awaited, noun, given or _variable(awaited, frame))}
        if size is not None and kind == "semaphore":
            info["capacity"] = size + taken
        elif size is not None and kind == "channel" and size > 0:
            info["capacity"] = size
        return info

    def _name(self, awaited, noun, given):
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
