"""The requests of one instance of the user's program: the engine with what it needs of this runner, and what the session is told."""
from collections import deque
from math import inf

from ..control import clock
from ..failures import ONLY_ASYNCIO
from ..failures import RequestError as Refusal
from ..values.leaves import CALLED
from ..values.preview import preview
from ..waiting.engine import Waiting
from ..waiting.host import Host
from ..waiting.request import ACQUIRE, PROMISE
from ..waiting.rows import TIME
from .awaited import ASYNCIO, FOREIGN, FORGED, FUTURE, NOTHING, REQUEST, Kinds, PlainRequest, future_class, library_of
from .texts import RequestTexts


class RealClock:
    """Passes as the runner's own clock does, from 0 on, in milliseconds."""

    def __init__(self):
        self._began = clock()

    def at(self, real):
        """
        :param real: what the runner's own clock shows
        """
        return 1000 * (real - self._began)


class Requests(Host):
    """
    `is_used` says whether a task has waited, or may: until then steps need nothing from here. `inbox` has what came from outside of the
    tasks (a future that settled, a call by another thread) until there is a moment between two slices; `bell` tells of it.
    """

    def __init__(self, runner, time=None):
        """
        :param runner: gives names to tasks, and makes those that are spawned
        :param time: a virtual clock; None for real time
        """
        self._runner = runner
        self._wire = runner.wire
        self.bell = runner.control.bell
        self._virtual = time
        self.clock = time or RealClock()
        self.engine = Waiting(self)
        self.kinds = Kinds()
        self.inbox = deque()
        self.is_used = False
        self.request = PlainRequest
        self._error = RuntimeError
        self._texts = RequestTexts(self.engine)
        self.text_of = self._texts.text_of
        self._errors = {}
        self._handle = None
        self._token = 0
        self._news = []
        self._foreign = set()

    def learn(self, classes):
        """What the module `cotasks` has that was loaded."""
        self.request, request_error, closed_error, self.closed, self._handle = classes
        self._errors = {"closedChannel": closed_error}
        self._error = request_error
        self.kinds.learn_request(self.request)
        CALLED[id(self.request)] = self.text_of

    def now(self):
        return self.clock.at(clock())

    def error(self, kind, message):
        return self._errors.get(kind, self._error)(message)

    def name_of(self, task):
        return self._runner.name_of(task)

    def show(self, value):
        return preview(value)

    def spawn(self, parent, body):
        try:
            task = self._runner.spawn(parent, body, self._news.append)
        except Refusal as refusal:
            failure = refusal.failure
            raise self._error(" ".join(filter(None, [failure["message"], failure.get("remedy")]))) from None
        return task.number, self._handle(task.number, task.shown, self.engine)

    def part(self, given):
        """A part of `any` or `all`: a request, or a future. Anything else becomes a request that is refused."""
        kind = self.kinds.of(given)
        if kind == REQUEST:
            return given
        if kind == FUTURE:
            return self._promise(given)
        return self.request(ACQUIRE if kind == FORGED else -1, 0, given, None, object() if kind == FORGED else self.engine)

    def asked_by(self, task, value):
        """What a value that a task has yielded asks to wait for. Only a coroutine expects that what is asyncio's is served."""
        kind = self.kinds.of(value)
        if kind == FOREIGN or kind == ASYNCIO and not task.is_coroutine:
            self._note_foreign(task.number, value)
            return NOTHING
        return kind

    def _note_foreign(self, task, value):
        if task not in self._foreign:
            self._foreign.add(task)
            step = self._runner.control.step
            self._news.append({"event": "foreign", "step": step, "task": task, "library": library_of(type(value))})

    def serve(self, task, value, kind):
        """Takes what the running task has yielded that asks to wait. Says whether it is blocked."""
        self.is_used = True
        number = task.number
        try:
            if kind == REQUEST:
                request = value
            elif kind == ASYNCIO:
                raise self._error(ONLY_ASYNCIO)
            else:
                request = self.part(value)
            if not self.engine.serve(number, request):
                return False
            if request.operation >= PROMISE:
                self._watch(number, request)
            return True
        except Exception as error:
            # Of a request that the user's code has changed, too.
            self.engine.replies.fail(number, error.with_traceback(None))
            return False

    def serve_after(self, task, value, kind, step):
        """The same after a step in which no loop has told the engine which task runs."""
        engine = self.engine
        engine.rows.step, engine.running = step, task.number
        is_blocked = self.serve(task, value, kind)
        engine.running = None
        return is_blocked

    def ended(self, task, how, value, step):
        """A task has ended in a step."""
        engine = self.engine
        engine.rows.step = step
        engine.running = task.number
        engine.ended(task.number, how, value)
        engine.running = None

    def came(self, task, event, value, step):
        """Takes what a task came back with that was resumed by hand in a step. Says what that changed: why an ordinary plan would end."""
        engine = self.engine
        is_blocked = False
        if event != "yielded":
            self.ended(task, event, value, step)
        else:
            kind = self.asked_by(task, value)
            is_blocked = kind != NOTHING and self.serve_after(task, value, kind, step)
        has_news = is_blocked or engine.has_news
        return "deadlock" if engine.take_deadlock() else "changed" if has_news else None

    def withdraw(self, task, step):
        """A task is about to be resumed by hand in that step: it waits for nothing any more, and gets nothing of it."""
        replies = self.engine.replies
        self.engine.rows.step = step
        self.engine.running = task.number
        self.engine.withdraw(task.number)
        self.engine.running = None
        replies.values.pop(task.number, None)
        replies.errors.pop(task.number, None)

    def post(self, action):
        """Has something done between two slices. Called by any thread."""
        self.inbox.append(action)
        self.bell.set()

    def wake(self, real):
        """
        Between slices: takes in what came from outside, and wakes the sleepers that are due.

        :param real: what the runner's own clock shows
        """
        while self.inbox:
            self.inbox.popleft()()
        if self.engine.timers.heap:
            self.engine.wake_due(self.clock.at(real))

    def catch_up(self):
        """After a plan. Under virtual time it is the same wherever a plan ends: who is due after its last step wakes with that step."""
        if self._virtual is not None:
            self.engine.rows.step = self._runner.recorder.steps
            self.engine.wake_due(self._virtual.at())

    def jump(self):
        """Nobody is ready. Moves a virtual clock to when the next sleeper is due, and says whether it did."""
        due = self.engine.timers.next_due
        if self._virtual is None or due == inf:
            return False
        self._virtual.move_to(due)
        self.engine.time_moved()
        return True

    def clock_moved(self, now):
        """Virtual time was moved by the program itself. `now` is what it is after the step."""
        rows = self.engine.rows
        rows.step = self._runner.control.step
        rows.add_number(TIME, 0, now)

    def waits_for_future(self):
        """Whether some task waits for what comes from outside."""
        blocked = self.engine.blocked
        return any(each.operation == PROMISE for task in blocked.first for each in blocked.waits_of(task))

    def seconds_left(self):
        """Until the next sleeper is due; infinity where nobody sleeps."""
        return (self.engine.timers.next_due - self.now()) / 1000

    def tell(self, event):
        """Puts an event in front of the steps that are sent next."""
        self._news.append(event)

    def flush(self):
        """Queues for the session what requests have done."""
        engine = self.engine
        announced = engine.resources.take_announced()
        if announced:
            self._wire.say({"event": "resources", "resources": announced})
        news, self._news = self._news, []
        for message in news:
            self._wire.say(message)
        if engine.rows.entries:
            self._wire.waits(engine.rows.take_payload())

    def forget_woken(self):
        """From here on the session knows who was woken, and who is to run next."""
        self.engine.woken.clear()
        self.engine.take_next()

    def _promise(self, future):
        self._token += 1
        return self.request(PROMISE, self._token, future, None, self.engine)

    def _watch(self, task, request):
        for each in (request,) if request.parts is None else request.parts:
            if each.operation == PROMISE:
                self._watch_future(task, each.object, each.value)

    def _watch_future(self, task, token, future):
        base = future_class()

        def settle():
            error = base.exception(future) if not base.cancelled(future) else _cancelled()
            if error is None:
                self.engine.settle(task, token, base.result(future))
            else:
                self.engine.settle_error(task, token, error)

        base.add_done_callback(future, lambda _future: self.post(settle))


def _cancelled():
    from concurrent.futures import CancelledError

    return CancelledError()
