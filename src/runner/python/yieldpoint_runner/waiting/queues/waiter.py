"""A task waiting for one thing, and the queues of such waiters. A task that waits for several things is in several queues."""


class Waiter:
    """
    A task's wait for one thing. `part` is the position among the parts of `any` or `all`, and `value` is the value to put. `sibling` and
    `elder` are the next and the previous wait of the same task.
    """

    __slots__ = ("task", "operation", "object", "part", "value", "sibling", "elder", "queue", "next", "previous")

    def __init__(self, task, operation, object, part, value, sibling):
        self.task = task
        self.operation = operation
        self.object = object
        self.part = part
        self.value = value
        self.sibling = sibling
        self.elder = None
        self.queue = None
        self.next = None
        self.previous = None


class WaitQueue:
    """A first-in, first-out queue from which a waiter can be removed at any position."""

    __slots__ = ("head", "_tail")

    def __init__(self):
        self.head = None
        self._tail = None

    def __iter__(self):
        waiter = self.head
        while waiter is not None:
            yield waiter
            waiter = waiter.next

    def push(self, waiter):
        waiter.queue = self
        tail = self._tail
        waiter.previous = tail
        if tail is None:
            self.head = waiter
        else:
            tail.next = waiter
        self._tail = waiter

    def remove(self, waiter):
        before, after = waiter.previous, waiter.next
        if before is None:
            self.head = after
        else:
            before.next = after
        if after is None:
            self._tail = before
        else:
            after.previous = before
        waiter.queue = waiter.previous = waiter.next = None
