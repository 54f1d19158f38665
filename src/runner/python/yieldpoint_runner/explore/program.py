"""The user's program as a search sees it: it can be begun again and again, and each run has an outcome."""
from functools import partial
from types import CoroutineType, GeneratorType

from ..clocks.virtual_clock import VirtualClock
from ..control import Interruption, door
from ..execute.tasks import MOST_TASKS, Task, TaskNames, checked
from ..failures import RequestError, trim
from ..process.remaining import threads_at_work
from ..requests.awaited import NOTHING
from ..source.names import function_name
from ..source.suspension import is_in_thread
from ..values.objects import name_of
from .guard import Fatal, Guard
from .loops import ALL, HUNG, LIVELOCK, STARVATION, THREW, resume_plain, resume_waiting
from .draws import Draws
from .ranking import Ranking
from .requests import RunRequests

"""Nothing tells the main thread that another has ended: it looks after so many seconds."""
_LOOK_AT_THREADS = 0.1


class Run:
    """
    The run that goes on. `tasks` is how many tasks there are, `bodies` have a method `send`, which resumes the task. `picks` are the tasks that ran,
    `deviations` how many ready tasks were passed over, `returned` what tasks returned. `thrown` is the task that threw or hung, with the error;
    `broken` is why the invariant does not hold; `loop` is what the run goes round in. `whole` gives the state of the program, where somebody looks
    at it. `outcome` gives the number of how the run ended. `runs` is how many were begun.
    """

    # More attributes than Python keeps side by side in an object: without slots, each of them is looked up in a dictionary.
    __slots__ = (
        *("control", "threads", "wire", "recorder", "instances", "observer", "outcome", "_offer", "_clocks", "_outside", "_printed", "_draws", "_guard"),
        *("is_first", "ranking", "clock", "requests", "whole", "runs", "_most_steps", "_printed_before"),
        *("tasks", "iterators", "bodies", "ready", "picks", "last", "deviations", "returned", "_tasks"),
        *("end", "thrown", "cycle", "broken", "loop"),
    )

    def __init__(self, runner, instances, observer, outcomes, printed, outside, fields):
        self.control = runner.control
        self.threads = runner.threads
        self.wire = runner.wire
        self.recorder = self
        self._offer = runner.offer
        self._clocks = runner.clocks
        self._outside = outside
        self.outcome = partial(outcomes.number_of, self)
        self._printed = printed
        self.instances = instances
        self.observer = observer
        self.is_first = fields["until"] == "first"
        self._most_steps = fields["steps"]
        self.ranking = Ranking(fields["policy"], self.name_of) if "policy" in fields else None
        self.clock = VirtualClock(fields["time"]["step"], fields["time"]["seed"], self, lambda _now: None)
        self.requests = RunRequests(self, self.clock, self.observer.marks)
        self._offer.serve(self.requests)
        self._draws = Draws(instances)
        fatal, announces = fields.get("fatal", ()), fields.get("announces", False)
        self._guard = Guard(fatal, runner.wire if announces else None) if fatal or announces else None
        self.runs = self.tasks = 0
        self.whole = None
        self._printed_before = 0
        self.picks, self.iterators, self.end = [], [], None

    @property
    def steps(self):
        """How many steps were made."""
        return len(self.picks)

    def progress(self):
        """A number that is higher after each step."""
        return self.runs * self._most_steps + len(self.picks)

    @property
    def printed(self):
        """How often something was printed in this run."""
        return self._printed.count - self._printed_before

    def whole_state(self):
        """All that decides what can still come of the run, as a text; None if it cannot wholly be seen, or nobody looks at states."""
        state = None if self.whole is None else self.whole.of(self)
        if state is None:
            return None
        output = self._printed.so_far()
        return "%r;%d:%s;%s" % (self.policy_state(), len(output), output, state)

    def classes_of_requests(self):
        """The classes of the module that makes requests, as it has given them; None if nobody has loaded it."""
        return self._offer.classes

    def ranked(self):
        """The ready tasks in the order in which the policy would pick them."""
        return self.ready if self.ranking is None else self.ranking.order(self.ready)

    def policy_state(self):
        """What decides how the policy goes on."""
        return tuple(self.ready), self.ranking and self.ranking.state(self.ready)

    def endless(self, loop):
        """The run goes round in a loop for ever, and is over."""
        self.end, self.loop = STARVATION if loop.starving else LIVELOCK, loop

    @door
    def begin(self):
        """
        Begins a run on a fresh instance, with its tasks made and nothing run. What is left of the tasks of the run before runs while they are
        deleted.
        """
        if self.threads is not None:
            self.threads.end(self.iterators)
        self.bodies = self.iterators = ()
        self._tasks = None
        self.returned = {}
        if self.end != ALL:
            self.thrown = self.cycle = self.broken = self.loop = None
        self.runs = runs = self.runs + 1
        if self._printed.is_used or self.clock.is_used or self.requests.is_used or self._guard is not None:
            self._rewind()
        if runs >= self._draws.looks_at and self._draws.are_due(runs):
            self._clocks.use(self.clock)
        if self.threads is not None:
            self.threads.begin(self.requests.engine)
        self.picks = []
        self.last = -1
        self.end = None
        self.deviations = 0
        try:
            iterators = self.instances.make()
        except BaseException as error:
            self._cannot_begin(error)
            iterators = []
        self.bodies = self.iterators = iterators
        self.tasks = tasks = len(iterators)
        self.ready = [*range(tasks)]
        is_plain = self._guard is None
        for each in iterators:
            if type(each) is not GeneratorType:
                is_plain = False
        if not is_plain:
            self.bodies = list(map(self._body, self.ready))
        if self.ranking is not None:
            self.ranking.begin(self.ready)

    def go_on(self, strategy, most, prints=None):
        """As `Search` has it."""
        if self.end is not None:
            return None
        after = None
        if self.observer.is_needed or prints is not None or strategy.ran is not None:
            after = self.observer.after(self, strategy, prints)
        if self.ranking is None and not self.requests.is_used:
            given_up = resume_plain(self, strategy, most, after)
            if given_up is not None or self.end is not None:
                return given_up
        self._begin_waiting()
        return resume_waiting(self, strategy, most, after)

    def throw_into(self, number, error):
        """Resumes a task with an error."""
        if self._guard is not None:
            self._guard.check(number)
        return self.iterators[number].throw(error)

    def task(self, number):
        """A task as an object, made when it is asked for."""
        if self._tasks is None:
            self._tasks = {}
        if number not in self._tasks:
            self._tasks[number] = Task(number, self.iterators[number], None, _NO_NAMES)
        return self._tasks[number]

    def names(self):
        """The names of the tasks."""
        names = TaskNames()
        return [names.unique(_name_of(iterator)) for iterator in self.iterators]

    def name_of(self, number):
        """The name of a task, in messages."""
        return self.names()[number] if number < len(self.iterators) else "task %d" % number

    def spawn(self, _parent, body, _tell):
        """Makes a task of what a task has spawned."""
        number = self.tasks
        if number == MOST_TASKS:
            raise RequestError("call", "There can be no more than %d tasks." % MOST_TASKS)
        checked(body, {id(each): self.task(at) for at, each in enumerate(self.iterators)})
        if self.iterators is self.bodies:
            self.iterators = [*self.bodies]
        self.iterators.append(body)
        self.tasks += 1
        task = self.task(number)
        task.shown = self.names()[number]
        self.bodies.append(self._body(number))
        return task

    def has_yielded(self, number, value, after):
        """
        Takes what a task has yielded, where it may ask to wait or somebody wants to know of it. Says whether the loop of tasks that wait for nothing is
        over.
        """
        if value is not None and type(value) is not int and type(value) is not str:
            kind = self.requests.asked_by(self.task(number), value)
            if kind != NOTHING:
                self._begin_to_wait(number, value, kind, after)
                return True
        self.ready.append(number)
        return after is not None and after(number, value)

    def _begin_to_wait(self, number, value, kind, after):
        """The first task has asked to wait."""
        self._begin_waiting()
        is_blocked = self.requests.serve_after(self.task(number), value, kind, self.steps)
        self.enter_woken()
        if not is_blocked:
            self.ready.append(number)
        self.hand_over(self.requests.engine.take_next())
        if after is not None:
            after(number, value)

    def hand_over(self, to):
        """That task is the first now, if it is ready."""
        if to in self.ready:
            self.ready.remove(to)
            self.ready.insert(0, to)
            if self.ranking is not None:
                self.ranking.hand_over(to)

    def wake(self):
        """Between slices: who is due is ready."""
        engine = self.requests.engine
        engine.rows.step = self.steps
        self.requests.wake(0)
        self.enter_woken()

    def enter_woken(self):
        """Tasks that were woken are ready."""
        woken = self.requests.engine.woken
        self.ready += woken
        if self.ranking is not None:
            for each in woken:
                self.ranking.enter(each)
        woken.clear()

    def comes_to_somebody(self):
        """Nobody is ready. Moves the clock, or waits for what comes from outside, until somebody is; says whether somebody is."""
        requests = self.requests
        while True:
            requests.bell.clear()
            self.wake()
            if self.ready:
                return True
            if requests.jump():
                continue
            if not requests.waits_for_future() or not threads_at_work():
                return False
            self._outside.note("a future")
            requests.bell.wait(_LOOK_AT_THREADS)

    def threw(self, number, error, after):
        """A task threw, or was interrupted: the run is over."""
        self.picks.append(number)
        self.requests.engine.running = None
        trim(error)
        self.thrown = (number, error)
        self.end = _end_by(error)
        if after is not None:
            after(number, error)

    def is_blocked(self, number):
        return self.requests.engine.is_blocked(number)

    def _body(self, number):
        """What a task is resumed by, where it is not the generator itself."""
        resume = self.task(number).resume
        return _Body(resume if self._guard is None else self._guard.around(number, resume))

    def _rewind(self):
        """Nothing is left of the run before but what is in the modules."""
        if self._guard is not None:
            self._guard.begin()
        if self._printed.is_used:
            self._printed.begin()
            self._printed_before = self._printed.count
        if self.clock.is_used:
            self.clock.rewind()
        if self.requests.is_used:
            self.requests = RunRequests(self, self.clock, self.observer.marks)
            self._offer.serve(self.requests)

    def _cannot_begin(self, error):
        """The instance itself threw, or was interrupted."""
        trim(error)
        self.thrown = (-1, error)
        self.end = _end_by(error)

    def _begin_waiting(self):
        """The engine learns of the tasks."""
        engine = self.requests.engine
        if engine.joins.tasks:
            return
        for number in range(len(self.iterators)):
            engine.begin(number)
        for number, value in self.returned.items():
            self.requests.ended(self.task(number), "returned", value, self.steps)


def _end_by(error):
    """How a run ends in which that was raised."""
    if type(error) is Fatal:
        return error.end
    return HUNG if type(error) is Interruption else THREW


def _name_of(iterator):
    """The name of a task's function, also after its end."""
    if type(iterator) in (GeneratorType, CoroutineType):
        return function_name(iterator)
    return iterator.name if is_in_thread(iterator) else name_of(type(iterator))


class _Body:

    def __init__(self, send):
        self.send = send


class _NoNames:
    @staticmethod
    def unique(name):
        """Names are given when somebody asks for them."""
        return name


_NO_NAMES = _NoNames()
