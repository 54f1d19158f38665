"""Validates requests: one may be made by hand, belong to another run, or ask for something impossible."""
from .joins import UNKNOWN
from .request import ACQUIRE, ALL, ANY, EVENT, HAND_OVER, JOIN, PROMISE, PUT, SLEEP, SPAWN, TAKE, is_wait

_KINDS = {ACQUIRE: ("mutex", "lock", "semaphore"), PUT: ("channel",), TAKE: ("channel",), EVENT: ("event",)}


"""The limit of a sleep in seconds. Its milliseconds are still a finite number."""
_TOO_LONG = 2.0**1000


def refusal_of(engine, task, request):
    """Why a request can never be served: the kind of the message and its words; None if it is valid. The engine must own it."""
    if request.owner is not engine:
        return ("usedTwice" if request.owner is None else "otherOwner"), {}
    code, object = request.operation, request.object
    if type(code) is not int:
        return "otherOwner", {}
    kinds = _KINDS.get(code)
    if kinds is not None:
        resources = engine.resources.list
        is_known = type(object) is int and 0 < object < len(resources) and resources[object].kind in kinds
        return None if is_known else ("otherOwner", {})
    if code == SLEEP:
        return None if _is_time(object) else ("badSleep", {"time": engine.host.show(object)})
    if code == JOIN or code == HAND_OVER:
        if code == JOIN and object == task:
            return "selfJoin", {"task": engine.host.name_of(task)}
        return None if type(object) is int and engine.joins.standing_of(object) != UNKNOWN else ("notTask", {})
    if code == ANY or code == ALL:
        return _group_refusal(engine, task, request)
    return None if code == PROMISE or code == SPAWN else ("otherOwner", {})


def _is_time(time):
    return (type(time) is float or type(time) is int) and 0 <= time < _TOO_LONG


def _group_refusal(engine, task, request):
    parts = request.parts
    if request.operation == ANY and not parts:
        return "noParts", {}
    seen = set()
    for index, part in enumerate(parts):
        if not is_wait(part.operation):
            return "badPart", {"group": "any" if request.operation == ANY else "all", "part": index + 1}
        refusal = ("usedTwice", {}) if id(part) in seen else refusal_of(engine, task, part)
        if refusal is not None:
            return refusal
        seen.add(id(part))
    return None
