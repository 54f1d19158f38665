"""
The semantics of requests. The engine runs beside the user's values, and receives what tasks yield. The loop around it resumes the tasks;
it asks the engine which tasks are blocked or were woken, and what each of them receives.
"""
from .attempts import Attempts
from .blocked_tasks import BlockedTasks
from .cycles import cycle_from
from .joins import ALIVE, STANDINGS, Joins
from .messages import message_of
from .recorder import WaitRecorder
from .request import ACQUIRE, ALL, ANY, JOIN, PROMISE, SPAWN, TAKE
from .resources import Resources
from .rows import HAND_OVER, TIME
from .validation import refusal_of
from .waits import Waits


class Waiting:
    """
    `running` is the task whose slice runs; None between slices, also while sleepers are woken and promises settle. The loop sets it, and
    the step of `rows`. `deadlock` is one that is
    certain, until it is taken: each task waits for the one after it, the last for the first. `next` is the task that is to run next, because
    another handed over to it, until it is taken.
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
        self.next = None

    def begin(self, task):
        """Registers a task that was added to the session. Spawned tasks are registered by the engine."""
        self.joins.begin(task)

    def is_blocked(self, task):
        return self.blocked.is_blocked(task)

    def take_deadlock(self):
        """A certain deadlock that has arisen since the last call, or None."""
        deadlock, self.deadlock = self.deadlock, None
        return deadlock

    def take_next(self):
        """The task that has to run next because another task handed over to it, or None."""
        handed_to, self.next = self.next, None
        return handed_to

    @property
    def has_news(self):
        """Whether anything that ends an ordinary plan has happened and was not taken yet."""
        return bool(self.woken) or self.next is not None or self.deadlock is not None

    def release(self, resource):
        """
        Gives back a lock or a permit, on behalf of the running task.

        :raises Exception: the host's error if that task does not hold the mutex
        """
        self.resources.release(resource, self.running)

    def serve(self, task, request):
        """
        Serves a request that a task has yielded, and gives whether the task is blocked. If it is not, `replies` has what its next
        resumption receives.
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
        Called when a task has ended: wakes the tasks that join it.

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
        """Called when a task is about to be resumed by hand: removes it from every queue, and drops what it would have received."""
        self.blocked.withdraw(task)
        self.replies.drop(task)

    def abandon(self, task, request):
        """
        Called when a task is about to be closed, or raised in: removes it from every queue. Its `yield` will raise, so it could not use a
        lock or a value that it was given in the meantime: these go back.

        :param request: what it yielded last
        """
        was_served = not self.is_blocked(task) and task not in self.replies.errors
        self.blocked.withdraw(task)
        result = self.replies.drop(task)
        if was_served:
            self._undo(task, request, result)

    def settle(self, task, token, value):
        """
        An awaitable settled with a value. Does nothing if the task no longer waits for it.

        :param token: the request's object
        """
        waiter = self._promise_of(task, token)
        if waiter is not None:
            self.blocked.served(waiter, value)

    def settle_error(self, task, token, error):
        """An awaitable failed: the error is raised in the task."""
        waiter = self._promise_of(task, token)
        if waiter is not None:
            self.blocked.failed(waiter, error)

    def wake_due(self, now):
        """Wakes the sleepers that are due."""
        heap, take, served = self.timers.heap, self.timers.take, self.blocked.served
        while heap and heap[0][0] <= now:
            served(take(), None)

    def time_moved(self):
        """Called when the virtual clock was moved to the host's `now`: wakes the sleepers that are due."""
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
        """The same as a bare yield if the other task cannot run."""
        if self.is_blocked(to) or self.joins.standing_of(to) != ALIVE:
            return
        self.next = to
        self.rows.add(HAND_OVER, task, to)

    def _undo(self, task, request, result):
        if request.operation == ANY:
            index, value = result
            self.give_back(task, request.parts[index], value)
        elif request.operation == ALL:
            for part, value in zip(request.parts, result):
                self.give_back(task, part, value)
        else:
            self.give_back(task, request, result)

    def give_back(self, task, request, value):
        """Undoes a served part of `all`, since the task will not get the result."""
        if request.operation == ACQUIRE:
            self.resources.give_back(request.object, task)
        elif request.operation == TAKE:
            self.resources.list[request.object].give_back(value)

    def _promise_of(self, task, token):
        waits = self.blocked.waits_of(task)
        return next((each for each in waits if each.operation == PROMISE and each.object == token), None)

    def is_down_to_one(self, task):
        """Looks for a cycle through a task that waits for exactly one thing now. There is none if the task that can wake it is not blocked."""
        if self._waker_of(task) in self.blocked.first:
            self.deadlock = cycle_from(task, self._waker_of, self.joins.tasks) or self.deadlock

    def cycle_at_rest(self):
        """A cycle of waits, given that no task is ready and nothing is to come: then nobody but its holder releases a lock. None if there is none."""
        return next(filter(None, (cycle_from(task, self._holder_for, self.joins.tasks) for task in self.blocked.first)), None)

    def _waker_of(self, task):
        """The only task that can wake another one: the holder of its mutex or the joined task. None if the task waits for anything else."""
        return self._holder_for(task, ("mutex",))

    def _holder_for(self, task, kinds=("mutex", "lock")):
        """The same for the holders of resources of these kinds."""
        waiter = self.blocked.first_of(task)
        if waiter is None or waiter.sibling is not None:
            return None
        if waiter.operation == JOIN:
            return waiter.object
        resource = self.resources.list[waiter.object] if waiter.operation == ACQUIRE else None
        return resource.holder if resource is not None and resource.kind in kinds else None
