"""The resources of a run, by number, and the operations on them that never wait."""
from math import inf

from .queues.channel import Channel
from .queues.event import WaitEvent
from .messages import message_of
from .queues.mutex import Mutex
from .rows import FREE, PERMIT
from .queues.semaphore import Semaphore


class Resources:
    """`list` has the resources by number, from 1."""

    def __init__(self, host, rows, serving):
        self._host = host
        self._rows = rows
        self._serving = serving
        self.list = [None]
        self._counts = {}
        self._announced = []

    def mutex(self, held, name=None):
        """
        :param held: the result of acquiring it
        """
        return self._add(Mutex(self._serving, self._name_for("mutex", name), held))

    def lock(self, held, name=None):
        """As a mutex, but any task may release it."""
        return self._add(Mutex(self._serving, self._name_for("lock", name), held, "lock"))

    def semaphore(self, held, permits, name=None):
        """
        :param held: the result of acquiring a permit
        :raises Exception: the host's error unless `permits` is a whole number, at least 0
        """
        if not _is_count(permits):
            raise message_of(self._host, "badPermits", count=self._host.show(permits))
        return self._add(Semaphore(self._serving, self._name_for("semaphore", name), held, permits), permits)

    def channel(self, capacity=None, name=None):
        """
        :param capacity: None for an unbounded channel
        :raises Exception: the host's error unless the capacity is a whole number, at least 0, or None
        """
        if capacity is not None and not _is_count(capacity):
            raise message_of(self._host, "badCapacity", count=self._host.show(capacity))
        places = inf if capacity is None else capacity
        return self._add(Channel(self._serving, self._name_for("channel", name), places, self._host.closed), capacity)

    def event(self, name=None):
        return self._add(WaitEvent(self._serving, self._name_for("event", name)))

    def at(self, number):
        """The resource with that number, or None."""
        return self.list[number] if 0 <= number < len(self.list) else None

    def made(self, kind):
        """How many of a kind were made: the next name of one without a name depends on it."""
        return self._counts.get(kind, 0)

    def take_announced(self):
        """The resources that have to be announced before the rows that refer to them."""
        announced, self._announced = self._announced, []
        return announced

    def release(self, number, by):
        """
        Gives back a lock or a permit.

        :param by: the running task; None for code outside any task, which may release only permits
        :raises Exception: the host's error if that task does not hold the mutex
        """
        resource = self.list[number]
        if resource.kind == "mutex" and (by is None or resource.holder != by):
            raise self._not_holder(resource, by)
        if by is None:
            self._rows.add(PERMIT, 0, number)
        else:
            self._rows.add(FREE, by, number)
        resource.release()

    def give_back(self, number, task):
        """Gives back a lock or a permit that a task has acquired, but will not receive."""
        self._rows.add(FREE, task, number)
        self.list[number].release()

    def set_event(self, number):
        self.list[number].set()

    def clear_event(self, number):
        self.list[number].clear()

    def close_channel(self, number):
        channel = self.list[number]
        channel.close(lambda: message_of(self._host, "closedChannel", resource=channel.name))

    def _add(self, resource, capacity=None):
        info = {"kind": resource.kind, "name": resource.name}
        self._announced.append(info if capacity is None else dict(info, capacity=capacity))
        self.list.append(resource)
        return len(self.list) - 1

    def _name_for(self, kind, name):
        self._counts[kind] = self._counts.get(kind, 0) + 1
        return "%s %d" % (kind, self._counts[kind]) if name is None else name

    def _not_holder(self, mutex, by):
        return message_of(
            self._host,
            "notHolder",
            resource=mutex.name,
            task="code outside any task" if by is None else self._host.name_of(by),
            holder="nobody" if mutex.holder is None else self._host.name_of(mutex.holder),
        )


def _is_count(count):
    """Whether the wire can represent a number as a whole one: from 0 to below 2 to the power of 53."""
    return type(count) is int and 0 <= count < 2**53
