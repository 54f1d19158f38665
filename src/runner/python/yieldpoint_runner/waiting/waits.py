"""Serves requests that wait: for one thing, or for `any` or `all` of several."""
from .attempts import BLOCKED, FAILED, SERVED
from .combined import Group
from .request import ACQUIRE, ALL, ANY
from .rows import GRANT


class Waits:
    def __init__(self, blocked, attempts, rows):
        self._blocked = blocked
        self._attempts = attempts
        self._rows = rows
        self._replies = blocked.replies
        self._attempt = attempts.attempt
        self._queue_of = attempts.queue_of

    def serve(self, task, request):
        """Serves a valid request at once, or blocks its task. Gives whether it is blocked."""
        code = request.operation
        if code < ANY:
            came = self._attempt(task, request)
            if came == BLOCKED:
                self._blocked.block(task, request, self._queue_of(request))
                return True
            result = self._attempts.result
            if came == FAILED:
                self._replies.fail(task, result)
                return False
            if code == ACQUIRE:
                self._rows.add(GRANT, task, request.object)
            self._replies.give(task, result)
            return False
        for part in request.parts:
            part.owner = None
        return self._serve_any(task, request.parts) if code == ANY else self._serve_all(task, request.parts)

    def _serve_any(self, task, parts):
        for index, part in enumerate(parts):
            came = self._attempts.attempt(task, part)
            if came == FAILED:
                self._replies.fail(task, self._attempts.result)
                return False
            if came == SERVED:
                self._give(task, part, (index, self._attempts.result))
                return False
        self._blocked.block_group(task, Group(True, parts), self._attempts.queue_of)
        return True

    def _serve_all(self, task, parts):
        """If a part fails at once, nothing is acquired or taken for the others."""
        failing = next((part for part in parts if self._attempts.fails(part)), None)
        if failing is not None:
            self._attempts.attempt(task, failing)
            self._replies.fail(task, self._attempts.result)
            return False
        group = Group(False, parts)
        # Repeated until nothing changes, because a put can serve a take that precedes it.
        before = -1
        while before != group.left:
            before = group.left
            self._attempt_parts(task, group)
        if group.left > 0:
            self._blocked.block_group(task, group, self._attempts.queue_of)
            return True
        for part in parts:
            self._note_held(task, part)
        self._replies.give(task, group.values)
        return False

    def _attempt_parts(self, task, group):
        for index, part in enumerate(group.parts):
            if not group.is_served[index] and self._attempts.attempt(task, part) == SERVED:
                group.serve(index, self._attempts.result)

    def _give(self, task, request, value):
        self._note_held(task, request)
        self._replies.give(task, value)

    def _note_held(self, task, request):
        if request.operation == ACQUIRE:
            self._rows.add(GRANT, task, request.object)
