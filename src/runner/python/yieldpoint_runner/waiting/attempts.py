"""Tries to serve a request at once, without blocking its task."""
from .joins import ALIVE, RETURNED, THREW
from .messages import message_of
from .request import ACQUIRE, EVENT, JOIN, PROMISE, PUT, SLEEP, TAKE

BLOCKED, SERVED, FAILED = range(3)


class Attempts:
    """`result` is the result of the last attempt that was served, or the error of the last one that failed."""

    def __init__(self, host, resources, joins):
        self._host = host
        self._resources = resources.list
        self._joins = joins
        self._by_operation = {
            ACQUIRE: self._acquire,
            PUT: self._put,
            TAKE: self._take,
            EVENT: self._event,
            JOIN: self._join,
            SLEEP: self._never,
            PROMISE: self._never,
        }
        self.result = None

    def attempt(self, task, request):
        """
        :param request: must be valid and must combine nothing
        """
        return self._by_operation[request.operation](task, request)

    def fails(self, request):
        """Whether an attempt would fail."""
        if request.operation == JOIN:
            return self._joins.standing_of(request.object) >= THREW
        return request.operation == PUT and self._resources[request.object].is_closed

    def queue_of(self, request):
        """The queue that a request waits in; None for a sleep and for a promise."""
        code = request.operation
        if code == JOIN:
            return self._joins.queue_of(request.object)
        if code == SLEEP or code == PROMISE:
            return None
        resource = self._resources[request.object]
        if code == PUT:
            return resource.putters
        return resource.takers if code == TAKE else resource.queue

    def error_of_joined(self, task):
        """The error of joining a task that raised or was closed."""
        if self._joins.standing_of(task) == THREW:
            return self._joins.value_of(task)
        return message_of(self._host, "closedTask", task=self._host.name_of(task))

    def _acquire(self, task, request):
        resource = self._resources[request.object]
        if not resource.acquire(task):
            return BLOCKED
        self.result = resource.held
        return SERVED

    def _put(self, _task, request):
        channel = self._resources[request.object]
        if channel.is_closed:
            self.result = message_of(self._host, "closedChannel", resource=channel.name)
            return FAILED
        self.result = None
        return SERVED if channel.put(request.value) else BLOCKED

    def _take(self, _task, request):
        channel = self._resources[request.object]
        if not channel.take():
            return BLOCKED
        self.result, channel.taken = channel.taken, None
        return SERVED

    def _event(self, _task, request):
        self.result = None
        return SERVED if self._resources[request.object].is_set else BLOCKED

    def _join(self, _task, request):
        how = self._joins.standing_of(request.object)
        if how == ALIVE:
            return BLOCKED
        if how == RETURNED:
            self.result = self._joins.value_of(request.object)
            return SERVED
        self.result = self.error_of_joined(request.object)
        return FAILED

    def _never(self, _task, _request):
        return BLOCKED
