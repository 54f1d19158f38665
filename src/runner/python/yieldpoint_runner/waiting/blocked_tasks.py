"""
The blocked tasks: what each of them waits for, and what happens to it when a part of that is served. Every change is recorded as a row of
the wait log.
"""
from .replies import Replies
from .request import ACQUIRE, JOIN, SLEEP
from .rows import BLOCK_SLEEP, GRANT, GROUP, GROUP_ALL, GROUP_ANY, PART, WAKE, WITHDRAW
from .queues.timers import Timers
from .queues.waiter import Waiter


class BlockedTasks:
    """`woken` are the tasks that became ready, in order."""

    def __init__(self, host, rows, engine):
        self._host = host
        self._rows = rows
        self._engine = engine
        self.replies = Replies()
        self.woken = []
        self.timers = Timers()
        self.first = {}
        self._groups = {}

    def is_blocked(self, task):
        return task in self.first

    def first_of(self, task):
        """The first wait of a task; the others are its siblings."""
        return self.first.get(task)

    def group_of(self, task):
        """What a task waits for in `any` or `all`; None if it waits for one thing."""
        return self._groups.get(task)

    def waits_of(self, task):
        """All waits of a task."""
        waiter = self.first.get(task)
        while waiter is not None:
            yield waiter
            waiter = waiter.sibling

    def block(self, task, request, queue):
        """
        Blocks a task until a request is served.

        :param queue: None for a sleep or a promise
        """
        self._add(task, 0, request, queue, self._block_row(task, request))
        if request.operation == ACQUIRE or request.operation == JOIN:
            self._engine.is_down_to_one(task)

    def block_group(self, task, group, queue_of):
        """Blocks a task until one or all parts are served."""
        self._rows.add(GROUP, task, GROUP_ANY if group.is_any else GROUP_ALL)
        self._groups[task] = group
        dues = [self._block_row(task, part) for part in group.parts]
        for index, part in enumerate(group.parts):
            if group.is_served[index]:
                self._rows.add(PART, task, index)
            else:
                self._add(task, index, part, queue_of(part), dues[index])
        if group.left == 1:
            self._engine.is_down_to_one(task)

    def served(self, waiter, value):
        """A waiter gets what it waited for, and is removed from its queue."""
        task = waiter.task
        group = self._groups.get(task)
        if group is not None and not group.is_any:
            self._serve_part(waiter, group, value)
            return
        self._leave(task)
        if waiter.operation == ACQUIRE:
            self._wake(GRANT, task, waiter.object)
        else:
            self._wake(WAKE, task, 0)
        self.replies.give(task, value if group is None else (waiter.part, value))

    def failed(self, waiter, error):
        """A waiter will never get what it waited for: the error is raised in its task."""
        task = waiter.task
        self._leave_and_give_back(task)
        self._wake(WAKE, task, 0)
        self.replies.fail(task, error)

    def withdraw(self, task):
        """Ends all waits of a task without waking it. Does nothing if the task is not blocked."""
        if task in self.first:
            self._rows.add(WITHDRAW, task, 0)
            self._leave_and_give_back(task)

    def _serve_part(self, waiter, group, value):
        task = waiter.task
        self._unlink(waiter)
        group.serve(waiter.part, value)
        if self._engine.running is None:
            self._rows.mark_outside()
        self._rows.add(PART, task, waiter.part)
        if group.left == 1:
            self._engine.is_down_to_one(task)
        if group.left > 0:
            return
        del self._groups[task]
        del self.first[task]
        self._wake(WAKE, task, 0)
        self.replies.give(task, group.values)

    def _wake(self, row, task, object):
        rows = self._rows
        if self._engine.running is None:
            rows.mark_outside()
        rows.entries += (rows.step, object, task, row)
        self.woken.append(task)

    def _leave_and_give_back(self, task):
        group = self._groups.get(task)
        self._leave(task)
        for part, value in group.served() if group is not None else ():
            self._engine.give_back(task, part, value)

    def _leave(self, task):
        waiter = self.first.pop(task)
        if self._groups:
            self._groups.pop(task, None)
        while waiter is not None:
            if waiter.queue is not None:
                waiter.queue.remove(waiter)
            waiter = waiter.sibling

    def _unlink(self, waiter):
        sibling, elder = waiter.sibling, waiter.elder
        if elder is None:
            self.first[waiter.task] = sibling
        else:
            elder.sibling = sibling
        if sibling is not None:
            sibling.elder = elder
        if waiter.queue is not None:
            waiter.queue.remove(waiter)

    def _block_row(self, task, request):
        """Records the block row of a request. Gives when a sleep is due."""
        code = request.operation
        if code != SLEEP:
            rows = self._rows
            rows.entries += (rows.step, request.object, task, code)
            return None
        due = self._host.now() + 1000.0 * request.object
        self._rows.add_number(BLOCK_SLEEP, task, due)
        return due

    def _add(self, task, part, request, queue, due):
        code = request.operation
        first = self.first.get(task)
        waiter = Waiter(task, code, request.object, part, request.value, first)
        if first is not None:
            first.elder = waiter
        self.first[task] = waiter
        if code == SLEEP:
            self.timers.add(waiter, due)
        elif queue is not None:
            queue.push(waiter)
