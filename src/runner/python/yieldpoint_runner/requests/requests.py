"""The requests of one instance of the user's program: the engine, what it needs from this runner, and the messages to the session."""
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
    """A clock that starts at 0 and follows the runner's own clock, in milliseconds."""

    def __init__(self):
        self._began = clock()

    def at(self, real):
        """
        :param real: the time of the runner's own clock
        """
        return 1000 * (real - self._began)

    def has_come(self, time, real, _steps):
        """Whether it is that time, in milliseconds."""
        return time <= 1000 * (real - self._began)


class Requests(Host):
    """
    `is_used` says whether a task has waited or may do so: until then, executing steps does not involve this object. `inbox` collects events
    from outside the tasks (a settled future, a call by another thread), which are handled between slices; `bell` signals them.
    """

    def __init__(self, runner, time=None):
        """
        :param runner: names the tasks, and makes spawned ones
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
        self.text_of = CALLED[id(PlainRequest)] = self._texts.text_of
        self._errors = {}
        self._handle = lambda number, _name, _owner: number
        self._token = 0
        self._news = []
        self._foreign = set()
        self._calling = -1
        self._seconds = 0.0
        self._given = None

    def note_given(self, task, step, value):
        """Notes what a step gives to the `yield` of its task, as text: the value itself would live longer than without this runner."""
        self._given = task, step, preview(value)

    def given_to(self, task, step):
        """What a task was given in a step, as text; None if that is not known."""
        return self._given[2] if self._given is not None and self._given[:2] == (task, step) else None

    def spend(self, step, seconds):
        """Adds to the time that the task of a step has spent in calls to the engine."""
        if step != self._calling:
            self._calling, self._seconds = step, 0.0
        self._seconds += seconds

    def spent(self, step):
        """The time that the task of a step has spent in calls to the engine, which print nothing."""
        return self._seconds if step == self._calling else 0.0

    def learn(self, classes):
        """Takes the classes of the loaded module `cotasks`, as `Offer.attach` receives them."""
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
        """What a yielded value asks to wait for. A value of asyncio counts only for a coroutine; from a generator it is a plain value."""
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
        """Serves a value that the running task has yielded and that asks to wait. Gives whether the task is blocked."""
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
            # User code may have changed the fields of a request, so any exception is possible here.
            self.engine.replies.fail(number, error.with_traceback(None))
            return False

    def serve_after(self, task, value, kind, step):
        """The same after a step in which no loop has set the engine's running task."""
        engine = self.engine
        engine.rows.step, engine.running = step, task.number
        is_blocked = self.serve(task, value, kind)
        engine.running = None
        return is_blocked

    def ended(self, task, how, value, step):
        """Called when a task has ended in a step."""
        engine = self.engine
        engine.rows.step = step
        engine.running = task.number
        engine.ended(task.number, how, value)
        engine.running = None

    def came(self, task, event, value, step):
        """Handles the result of a task that was resumed by hand in a step. Gives the reason why an ordinary plan would end, or None."""
        engine = self.engine
        is_blocked = False
        if event != "yielded":
            self.ended(task, event, value, step)
        else:
            kind = self.asked_by(task, value)
            is_blocked = kind != NOTHING and self.serve_after(task, value, kind, step)
        has_news = is_blocked or engine.has_news
        return "deadlock" if engine.take_deadlock() else "changed" if has_news else None

    def used(self, number):
        """A method of a resource is called."""

    def resuming(self, task, step, sends):
        """
        Called when a task is about to be resumed by hand in that step, so that it no longer waits.

        :param sends: whether its `yield` gives a value; otherwise it raises
        """
        engine, number = self.engine, task.number
        engine.rows.step, engine.running = step, number
        if sends or type(task.value) is not self.request:
            engine.withdraw(number)
        else:
            try:
                engine.abandon(number, task.value)
            except Exception:
                # User code may have changed the fields of a request.
                engine.withdraw(number)
        engine.running = None

    def post(self, action):
        """Schedules a function to be called between slices. May be called by any thread."""
        self.inbox.append(action)
        self.bell.set()

    def wake(self, real):
        """
        Called between slices: handles the inbox, and wakes the sleepers that are due.

        :param real: the time of the runner's own clock
        """
        while self.inbox:
            self.inbox.popleft()()
        if self.engine.timers.heap:
            self.engine.wake_due(self.clock.at(real))

    def catch_up(self):
        """Called after a plan. Where a plan ends must not matter under virtual time, so sleepers due after its last step wake with it."""
        if self._virtual is not None:
            self.engine.rows.step = self._runner.recorder.steps
            self.engine.wake_due(self._virtual.at())

    def jump(self):
        """Called when no task is ready. Moves a virtual clock to when the next sleeper is due. Gives whether it did."""
        due = self.engine.timers.next_due
        if self._virtual is None or due == inf:
            return False
        self._virtual.move_to(due)
        self.engine.time_moved()
        return True

    def clock_moved(self, now):
        """Called when the program itself has moved virtual time. `now` is the time after the step."""
        rows = self.engine.rows
        rows.step = self._runner.control.step
        rows.add_number(TIME, 0, now)

    def waits_for_future(self):
        """Whether any task waits for a future."""
        blocked = self.engine.blocked
        return any(each.operation == PROMISE for task in blocked.first for each in blocked.waits_of(task))

    def seconds_left(self):
        """The time until the next sleeper is due; infinity if no task sleeps."""
        return (self.engine.timers.next_due - self.now()) / 1000

    def tell(self, event):
        """Queues an event that has to be sent before the next steps."""
        self._news.append(event)

    def flush(self):
        """Sends the queued events and the rows to the session."""
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
        """Clears what the session knows by now: which tasks were woken, and which one has to run next."""
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
