"""
The state of the engine between two steps, as a text: who holds what, who waits for what and in which order, what channels contain, which
events are set, when sleepers are due, and what each task receives next. Equal texts mean that the same requests come to the same.
"""
from math import inf

from .joins import RETURNED, THREW
from .request import ACQUIRE, PROMISE, PUT, SLEEP, TAKE

_KINDS = ("mutex", "semaphore", "channel", "event", "lock")


def write_state(engine, text):
    """
    Writes the state. Resources and tasks are referred to by their numbers, times are relative to the clock.

    :param text: has `add` for texts, and `value` for the program's values
    """
    now = engine.host.now()
    text.add("made " + " ".join(str(engine.resources.made(kind)) for kind in _KINDS))
    for resource in engine.resources.list[1:]:
        _write_resource(resource, text)
    dues = {id(waiter): due for due, _, waiter in engine.timers.heap}
    for task in range(engine.joins.tasks):
        _write_task(engine, task, now, dues, text)
    _write_sleepers(engine.timers, now, text)
    text.add("woken " + ",".join(map(str, engine.woken)))
    deadlock = ",".join(map(str, engine.deadlock or ()))
    text.add("next %s deadlock %s" % ("" if engine.next is None else engine.next, deadlock))


def _write_resource(resource, text):
    kind = resource.kind
    text.add("%s %d:%s" % (kind, len(resource.name), resource.name))
    if kind in ("mutex", "lock"):
        text.add("holder %d" % (-1 if resource.holder is None else resource.holder))
        text.value(resource.held)
    elif kind == "semaphore":
        text.add("permits %d" % resource.permits)
        text.value(resource.held)
    elif kind == "event":
        text.add("set" if resource.is_set else "clear")
    else:
        text.add("%d %s" % (-1 if resource.capacity == inf else resource.capacity, "closed" if resource.is_closed else "open"))
        for value in resource.values:
            text.value(value)
        _write_queue(resource.putters, text)
        _write_queue(resource.takers, text)
        return
    _write_queue(resource.queue, text)


def _write_queue(queue, text):
    text.add("queue " + ",".join(map(_place_of, queue)))


def _write_task(engine, task, now, dues, text):
    joins, blocked, replies = engine.joins, engine.blocked, engine.replies
    how = joins.standing_of(task)
    text.add("task %d" % how)
    if how in (RETURNED, THREW):
        text.value(joins.value_of(task))
    _write_queue(joins.queue_of(task), text)
    group = blocked.group_of(task)
    if group is not None:
        text.add("%s %d" % ("any" if group.is_any else "all", len(group.parts)))
        for part, value in group.served():
            # What was acquired or taken may have to go back.
            is_loan = part.operation in (ACQUIRE, TAKE)
            text.add("served %d %d" % (part.operation, part.object) if is_loan else "served")
            text.value(value)
    for waiter in sorted(blocked.waits_of(task), key=lambda waiter: waiter.part):
        _write_wait(waiter, now, dues, text)
    if task in replies.errors:
        text.add("throws")
        text.value(replies.errors[task])
    elif task in replies.values:
        text.add("gives")
        text.value(replies.values[task])


def _write_wait(waiter, now, dues, text):
    part, code = waiter.part, waiter.operation
    if code == SLEEP:
        text.add("wait %d %d %s" % (part, code, _number(dues[id(waiter)] - now)))
    elif code == PROMISE:
        text.add("wait %d %d" % (part, code))
    else:
        text.add("wait %d %d %d" % (part, code, waiter.object))
    if code in (PUT, PROMISE):
        text.value(waiter.value)


def _write_sleepers(timers, now, text):
    """Differences of fractions are rounded, so equal ones do not say that all goes on equally: then the times themselves are written."""
    sleepers = timers.in_order()
    text.add("sleepers " + ",".join(_place_of(waiter) for _, waiter in sleepers))
    if not all(float(each).is_integer() for each in (now, *(due for due, _ in sleepers))):
        text.add("now %s" % _number(now))


def _place_of(waiter):
    """Which of the waits of all tasks it is."""
    return "%d.%d" % (waiter.task, waiter.part)


def _number(number):
    """A number as core writes it."""
    return str(int(number)) if number == int(number) else repr(number)
