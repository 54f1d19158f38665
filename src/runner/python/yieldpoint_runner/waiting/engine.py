"""
The meaning of requests. The engine stands beside the user's values, and is told what tasks yield. The loop around it resumes the tasks;
it asks here who is blocked, who was woken, and what each task gets.
"""
from .attempts import Attempts
from .blocked_tasks import BlockedTasks
from .cycles import cycle_from
from .joins import ALIVE, STANDINGS, Joins
from .messages import message_of
from .recorder import WaitRecorder
from .request import ACQUIRE, JOIN, PROMISE, SPAWN, TAKE
from .resources import Resources
from .rows import HAND_OVER, TIME
from .validation import refusal_of
from .waits import Waits


class Waiting:
    """
    `running` is the task whose slice runs; None between slices, also while sleepers are woken and promises settle. The loop sets it, and
    the step of `rows`. `deadlock` is one that is
    certain, until it is taken: each task waits for the one after it, the last for the first.
    """

    def __init__(self, host):
        self.host = host
        self.running = None
        self.rows = WaitRecorder()
        self.joins = Joins()
        self.blocked = BlockedTasks(host, self.rows, self)
        self.replies = self.blocked.replies
        self.woken = self.blocked.woken
        self.timers = self.blocked.timers
        self.resources = Resources(host, self.rows, self.blocked)
        self._attempts = Attempts(host, self.resources, self.joins)
        self._waits = Waits(self.blocked, self._attempts, self.rows)
        self.deadlock = None
        self._next = None

    def begin(self, task):
        """A task was added to the session. Spawned tasks are known already."""
        self.joins.begin(task)

    def is_blocked(self, task):
        return self.blocked.is_blocked(task)

    def take_deadlock(self):
        """A certain deadlock that was closed since this was asked last."""
        deadlock, self.deadlock = self.deadlock, None
        return deadlock

    def take_next(self):
        """The task that is to run next, because another handed over to it."""
        handed_to, self._next = self._next, None
        return handed_to

    @property
    def has_news(self):
        """Whether something changed, since all of it was taken, that an ordinary plan ends for."""
        return bool(self.woken) or self._next is not None or self.deadlock is not None

    def release(self, resource):
        """
        Gives back a lock or a permit, on behalf of the running task.

        :raises Exception: the host's error when it does not hold the mutex
        """
        self.resources.release(resource, self.running)

    def serve(self, task, request):
        """
        Serves what a task has yielded, and says whether it is blocked. If not, its next resumption gets what `replies` has for it.
        """
        refusal = refusal_of(self, task, request)
        if refusal is not None:
            kind, words = refusal
            self.replies.fail(task, message_of(self.host, kind, **words))
            return False
        request.owner = None
        code = request.operation
        if code < SPAWN:
            return self._waits.serve(task, request)
        if code == SPAWN:
            self._spawn(task, request.value)
        else:
            self._hand_over(task, request.object)
        return False

    def ended(self, task, how, value):
        """
        A task has ended: those who join it are woken.

        :param value: what it returned or raised
        """
        self.begin(task)
        self.blocked.withdraw(task)
        joiners = self.joins.end(task, STANDINGS[how], value)
        while joiners is not None and joiners.head is not None:
            if how == "returned":
                self.blocked.served(joiners.head, value)
            else:
                self.blocked.failed(joiners.head, self._attempts.error_of_joined(task))

    def withdraw(self, task):
        """The task is about to be closed while it is blocked: its place in every queue is gone, and nothing else."""
        self.blocked.withdraw(task)

    def settle(self, task, token, value):
        """
        Something outside settled with a value. Does nothing when the task no longer waits for it.

        :param token: the request's object
        """
        waiter = self._promise_of(task, token)
        if waiter is not None:
            self.blocked.served(waiter, value)

    def settle_error(self, task, token, error):
        """Something outside failed: the error is raised in the task."""
        waiter = self._promise_of(task, token)
        if waiter is not None:
            self.blocked.failed(waiter, error)

    def wake_due(self, now):
        """Wakes the sleepers that are due."""
        heap, take, served = self.timers.heap, self.timers.take, self.blocked.served
        while heap and heap[0][0] <= now:
            served(take(), None)

    def time_moved(self):
        """The virtual clock was moved, as `now` of the host tells: wakes the sleepers that are due."""
        now = self.host.now()
        self.rows.add_number(TIME, 0, now)
        self.wake_due(now)

    def _spawn(self, task, body):
        try:
            spawned, handle = self.host.spawn(task, body)
        except Exception as error:
            self.replies.fail(task, error)
            return
        self.begin(spawned)
        self.woken.append(spawned)
        self.replies.give(task, handle)

    def _hand_over(self, task, to):
        """As good as a bare yield where the other task cannot run."""
        if self.is_blocked(to) or self.joins.standing_of(to) != ALIVE:
            return
        self._next = to
        self.rows.add(HAND_OVER, task, to)

    def give_back(self, task, request, value):
        """Gives back what a part of `all` has given, since the task gets nothing."""
        if request.operation == ACQUIRE:
            self.resources.give_back(request.object, task)
        elif request.operation == TAKE:
            self.resources.list[request.object].give_back(value)

    def _promise_of(self, task, token):
        waits = self.blocked.waits_of(task)
        return next((each for each in waits if each.operation == PROMISE and each.object == token), None)

    def is_down_to_one(self, task):
        """Looks for a cycle through a task that waits for exactly one thing now."""
        self.deadlock = cycle_from(task, self._waker_of, self.joins.tasks) or self.deadlock

    def _waker_of(self, task):
        """The only task that can wake another, which waits for nothing else than a lock that is held, or the end of a task."""
        waiter = self.blocked.first_of(task)
        if waiter is None or waiter.sibling is not None:
            return None
        if waiter.operation == JOIN:
            return waiter.object
        resource = self.resources.list[waiter.object] if waiter.operation == ACQUIRE else None
        return resource.holder if resource is not None and resource.kind == "mutex" else None
