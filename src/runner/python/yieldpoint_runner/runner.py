"""Answers the session's requests, one at a time, on the main thread, which also runs user code."""
import atexit
import faulthandler
import gc
import platform
import sys
import threading
from array import array
from time import process_time

from .process import watch

from .process import wire as wires
from .execute.advance import Advance, ending
from .execute.orders import Picks, Ring
from .values.children import Handles
from .execute.conditions import Conditions
from .control import LATER, Control, Interruption, clock, door
from .failures import RequestError, failure_of
from .clocks.install import ProgramClocks
from .clocks.virtual_clock import VirtualClock
from .process.fatal import announce_end
from .process.forked import announce_forks, end_forked
from .load.module import LoadedModule, compiled, run
from .process.output import Output
from .source.points import Points, beginning_of, namespace, place, variables
from .values.preview import preview
from .process.recorder import Recorder
from .process.remaining import remaining, threads_at_work
from .requests.offer import Offer
from .requests.requests import Requests
from .process.stacks import hide_runner
from .process.standard_input import announce_reads
from .load.surroundings import Surroundings
from .source.suspension import is_created, suspended
from .execute.tasks import MOST_TASKS, Task, TaskNames, checked, dismiss
from .execute.throws import Throws

PROTOCOL = 1
"""The requests that a runner serves once it has a program to observe."""
_FOR_OBSERVED = {"hello", "advance", "inspect", "expand", "evaluate", "remaining"}

"""The most milliseconds that a search goes on before it answers."""
_LONGEST_SEARCH = 60_000


def serve(known, explorer, observer, threads):
    """
    Runs until the wire is closed, or until the program may end by itself.

    :param known: the names of the modules that the interpreter had imported before this one
    :param explorer: the class that explores orders, or None if this process does not
    :param observer: the module that observes programs, or None if this process does not
    :param threads: the class of the threads of a program, or None if its tasks are generators
    """
    wires.claim()
    runner = Runner(Surroundings(known), explorer, observer, threads)
    # The other threads mostly belong to the runner, so only the crashed one is reported.
    faulthandler.enable(runner.output.capture(), all_threads=False)
    announce_end(runner)
    announce_forks(runner)
    hide_runner()
    runner.control.catch_interrupts()
    runner.control.catch_flushes(runner.flush_recorded)
    # Functions are called in the reverse order of registration, so this one is called last.
    atexit.register(runner.leave_output)
    runner.queue = watch.start(runner.wire, runner.output, runner.control)
    while not runner.is_concluding and not runner.is_observing:
        runner.serve(runner.queue.get())
    if runner.is_observing:
        runner.observation.run()


class Runner:
    def __init__(self, surroundings, explorer, observer, threads):
        self.surroundings = surroundings
        self._explorer = explorer
        self._observer = observer
        self._threads_class = threads
        self.threads = None
        self.wire = wires.Wire()
        self.control = Control()
        self.output = Output(self.wire, self.control)
        self.points = Points()
        self.recorder = Recorder(self.wire, self.output, self.points)
        self.throws = Throws(self.wire, self.points)
        self.control.count_steps = lambda: self.recorder.steps
        self.offer = Offer(self.control)
        self._time = None
        self._notes_calls = False
        self._noted = set()
        self.clocks = ProgramClocks(self.control)
        self.requests = Requests(self)
        self.recorder.send_waits = lambda: self.requests.flush()
        self._handles = Handles()
        self._tasks = {}
        self._by_object = {}
        self._next_task = 0
        self._names = TaskNames()
        self._module = None
        self._others = {}
        self._advances = 0
        self._advance = None
        self._exploration = None
        self.observation = None
        self.queue = None
        self._is_completed = False
        self._is_asking = False
        self.is_concluding = False

    def serve(self, request):
        """Answers one request."""
        number = self.control.request = request.get("id", 0) if request is not None else 0
        try:
            result = self._result(request)
            if result is LATER:
                return
            answer = {"id": number, "ok": True, "result": result}
        except RequestError as error:
            answer = {"id": number, "ok": False, "error": error.failure}
        except BaseException as error:
            answer = {"id": number, "ok": False, "error": failure_of("internal", error).failure}
        self._answer(answer)

    def _answer(self, answer):
        self.output.take_in()
        self.recorder.send_output()
        self.requests.forget_woken()
        self.wire.say(answer)
        self.wire.flush()

    @property
    def is_observing(self):
        """Whether an observed program has begun."""
        return self.observation is not None and self.observation.is_begun

    def advanced(self, number, answer):
        """Answers the request, with this number, that has let an observed program go on."""
        self._is_completed = answer["stopped"] == "completed"
        self._answer({"id": number, "ok": True, "result": answer})

    def send_recorded(self):
        """Queues what was printed and recorded. May be called within a slice."""
        self.output.collect()
        if self._advance is not None:
            self._advance.send()
        self.recorder.send_output()

    def flush_recorded(self):
        """Sends what was printed and recorded. May be called within a slice."""
        self.send_recorded()
        self.wire.flush()

    def leave_output(self):
        """The interpreter ends. What it still prints, as it deletes modules and generators, is written to the descriptors."""
        if self.observation is not None:
            self.observation.delete_program()
        self.flush_recorded()
        self.output.abandon()

    def flush_on_main_thread(self):
        """Sends what was recorded before user code may end the process. Only on the main thread, and where no step is half recorded."""
        if self.wire.is_open and self.control.is_called_by_user():
            self.flush_recorded()

    def _result(self, request):
        method = request.get("method") if request is not None else None
        handler = getattr(self, "_do_%s" % method, None)
        if handler is None:
            raise RequestError("bad-request", "The request does not match the protocol.")
        if self.observation is not None and method not in _FOR_OBSERVED:
            raise RequestError("bad-request", "An observed program runs its tasks itself.")
        fields = {key: item for key, item in request.items() if key not in ("id", "method")}
        if method == "advance":
            self._advances += 1
        try:
            return handler(**fields)
        except (TypeError, KeyError) as error:
            raise RequestError("bad-request", "The request does not match the protocol: %s" % error) from error

    def _do_hello(self, protocol):
        if protocol != PROTOCOL:
            message = "The runner speaks version %d of the protocol, not %s." % (PROTOCOL, protocol)
            remedy = "Reinstall the extension: its parts do not belong together."
            raise RequestError("version", message, remedy=remedy)
        version = platform.python_version()
        return {"protocol": PROTOCOL, "language": "python", "version": version, "executable": sys.executable}

    def _do_check(self, file):
        self._run("load", LoadedModule(file, self.surroundings).compiled)
        return {}

    def _do_load(self, file, time=None, notesCalls=False, tellsTimes=False, threads=None, asks=False):
        self._announce_reads(asks)
        self.recorder.tells_times = tellsTimes
        if threads is not None:
            if self._threads_class is None:
                raise RequestError("bad-request", "This runner was not started to run threads.")
            self.threads = self.threads or self._threads_class(self.control, threads)
            # Waits of tasks are not real ones.
            self.clocks.blocking -= {"concurrent", "queue", "threading"}
        self._notes_calls = notesCalls
        self._time = time and (float(time["virtual"]), int(time["seed"]))
        self._instantiate(LoadedModule(file, self.surroundings))
        free = {} if threads is None else {"free": [thread.name for thread in threads_at_work()]}
        return {"generators": self._module.generators(), **free}

    def _do_observe(self, file, arguments, module=None, functions=None, time=None, asks=False):
        if self._module is not None:
            raise RequestError("bad-request", "A program is loaded already.")
        if self._observer is None:
            raise RequestError("bad-request", "This runner was not started to observe.")
        program = self._run("load", lambda: self._observer.Program(file, arguments, module, self.surroundings))
        self._time = time and (float(time["virtual"]), int(time["seed"]))
        self._announce_reads(asks)
        self.requests = Requests(self, self._new_clock())
        self.offer.withdraw()
        program.prepare()
        self._module = program
        self.observation = self._advance = self._observer.Observation(self, program, functions or {})
        self._tasks = self.observation.tasks
        return {}

    def _announce_reads(self, asks):
        if asks and not self._is_asking:
            self._is_asking = True
            announce_reads(self)

    def _do_reset(self):
        module = self._loaded()
        self._instantiate(module)
        return {}

    def _do_spawn(self, task, call, file=None):
        if task in self._tasks:
            raise RequestError("bad-request", "There is a task %d already." % task)
        scope = self._loaded().scope if file is None else self._beside(file)
        code = compiled(call, "call")
        if self.threads is not None:
            return _told(self._add(task, self.threads.body(call, code, scope), scope))
        return _told(self._add(task, self._run("call", lambda: run(code, scope)), scope))

    def spawn(self, parent, body, tell):
        """
        Creates a task that another task spawned.

        :param tell: receives the event that announces the new task
        :raises RequestError: if no task can be created from `body`
        """
        number = self._next_task
        spawned = self._add(number, body, self._tasks[parent].scope)
        event = {"event": "spawned", "step": self.recorder.steps, "parent": parent, "task": number, "call": spawned.name + "(…)"}
        tell({**event, **_told(spawned)})
        return spawned

    def name_of(self, task):
        """The name of a task in messages."""
        return self._tasks[task].shown if task in self._tasks else "task %d" % task

    def _add(self, number, given, scope):
        if number >= MOST_TASKS:
            raise RequestError("call", "There can be no more than %d tasks." % MOST_TASKS)
        added = Task(number, checked(given, self._by_object), scope, self._names)
        self._tasks[number] = self._by_object[id(added.iterator)] = added
        self._next_task = max(self._next_task, number + 1)
        self.requests.engine.begin(number)
        return added

    def _beside(self, file):
        """The scope of another file of the user, which is loaded if necessary."""
        self._loaded()
        module = self._others.get(file) or LoadedModule(file, self.surroundings)
        self._run("load", module.load_beside)
        self._others[file] = module
        return module.scope

    def _do_advance(self, **fields):
        # A plan that was sent ahead is valid only if the previous plan ran to its end.
        may_run = self._is_completed or not fields.get("ahead")
        self._is_completed = False
        if fields["from"] != self.recorder.steps + 1 or not may_run:
            return {"ran": 0, "stopped": "stale"}
        if self.observation is not None:
            conditions = self._conditions(fields)
            self._handles.clear()
            return self.observation.advance(self._advances, fields["plan"]["switches"], conditions)
        order = self._order(fields["plan"])
        conditions = self._conditions(fields)
        self._handles.clear()
        self._advance = Advance(order, self._advances, self._tasks, self, conditions)
        try:
            answer = self._advance.run()
        finally:
            self._advance = None
        self._is_completed = answer["stopped"] == "completed"
        return answer

    def _order(self, plan):
        column = wires.column(plan["ring"] if "ring" in plan else plan["picks"])
        if "ring" in plan:
            able = [number for number in column if not self._task(number).is_over and not self.requests.engine.is_blocked(number)]
            return Ring(able, plan["steps"], self._tasks, self.points)
        tasks = [self._live_task(pick) for pick in set(column)]
        blocked = next((task.number for task in tasks if self.requests.engine.is_blocked(task.number)), None)
        if blocked is not None:
            raise RequestError("bad-request", "Task %d is blocked: it cannot run before it is woken." % blocked)
        if not column or plan["times"] < 1:
            raise RequestError("bad-request", "This plan has no steps.")
        for task in tasks:
            task.is_started = True
        return Picks(column, plan["times"], self._tasks)

    def _do_inspect(self, task):
        inspected = self._task(task)
        frames = []
        for generator in inspected.stack():
            at = place(generator)
            if at is not None:
                frames.append(self._frame(at, variables(generator)))
        answer = {"frames": frames}
        if inspected.is_started:
            answer["value"] = self._handles.value(inspected.value)
        given = self.requests.given_to(task, self.recorder.steps)
        if given is not None:
            answer["got"] = given
        resumed_by = None if self.observation is None else self.observation.resumed_by(task)
        if resumed_by is not None:
            answer["resumedBy"] = [self._frame(*frame) for frame in resumed_by]
        return answer

    def _frame(self, at, variables):
        return {**at, "locals": [{"name": name, "value": self._handles.value(item)} for name, item in variables.items()]}

    def _do_expand(self, handle, start, count):
        return self._handles.expand(handle, start, count)

    def _do_evaluate(self, expression, task=None, driver=False):
        code = compiled(expression, "evaluate")
        scope = self._loaded().scope
        if driver:
            if self.observation is None:
                raise RequestError("evaluate", "Only a program that is observed has a scheduler of its own.")
            scope = self.observation.driver_scope()
        elif task is not None:
            asked = self._task(task)
            chain = asked.stack()
            scope = namespace(chain[-1]) if chain else asked.scope
        value = self._run("evaluate", lambda: run(code, scope))
        dismiss(value)
        return self._handles.value(value)

    def _do_send(self, task, expression, **fields):
        if fields["from"] != self.recorder.steps + 1:
            return {"ran": 0, "stopped": "stale"}
        resumed = self._live_task(task)
        resumed.must_take_values()
        conditions = self._conditions(fields)
        code = compiled(expression, "evaluate")
        sent = self._run("evaluate", lambda: run(code, resumed.scope))
        if sent is not None:
            self.requests.note_given(task, self.recorder.steps + 1, sent)
        return self._single_step(resumed, lambda: ("yielded", resumed.send(sent)), conditions, sends=True)

    def _do_throwInto(self, task, expression, **fields):
        if fields["from"] != self.recorder.steps + 1:
            return {"ran": 0, "stopped": "stale"}
        resumed = self._live_task(task)
        conditions = self._conditions(fields)
        code = compiled(expression, "evaluate")
        thrown = self._run("evaluate", lambda: run(code, resumed.scope))
        kind = thrown if issubclass(type(thrown), type) else type(thrown)
        if not issubclass(kind, BaseException):
            message = "The expression gives no exception but %s." % preview(thrown)
            raise RequestError("evaluate", message, remedy="Write an exception, such as ValueError('why').")
        return self._single_step(resumed, lambda: ("yielded", resumed.throw(thrown)), conditions)

    def _do_close(self, task, **fields):
        if fields["from"] != self.recorder.steps + 1:
            return {"ran": 0, "stopped": "stale"}
        resumed = self._live_task(task)
        return self._single_step(resumed, resumed.close, self._conditions(fields))

    def _do_processor(self):
        return {"micros": round(1e6 * process_time())}

    def _do_remaining(self):
        return {"remaining": remaining()}

    def _do_conclude(self):
        self.is_concluding = True
        return {"remaining": remaining()}

    def _do_explore(self, **fields):
        if self._explorer is None:
            raise RequestError("bad-request", "This runner was not started to explore.")
        modules = [self._loaded()]
        for each in fields["calls"]:
            if "file" in each and self._beside(each["file"]) is not modules[0].scope:
                modules.append(self._others[each["file"]])
        exploration = self._explorer(self, modules, fields)
        self._run("call", exploration.begin)
        self._exploration = exploration
        return {}

    def _do_exploreOn(self, orders, millis):
        if millis > _LONGEST_SEARCH:
            raise RequestError("bad-request", "A search goes on for at most %d ms at a time." % _LONGEST_SEARCH)
        return self._explored().go_on(orders, millis)

    def _do_execute(self, schedules):
        return {"executed": self._explored().execute(schedules)}

    def _explored(self):
        if self._exploration is None:
            raise RequestError("bad-request", "Nothing is explored.")
        return self._exploration

    def _conditions(self, fields):
        return Conditions(fields.get("until", ()), self._tasks, self._loaded(), self)

    def _single_step(self, task, resume, conditions, sends=False):
        """
        Makes a step that is not a plain resumption. The task no longer waits for anything.

        :param resume: returns the event and the value of the step
        :param sends: whether the task's `yield` gives a value; otherwise it raises
        """
        self._handles.clear()
        self.requests.resuming(task, self.recorder.steps + 1, sends)
        task.is_started = True
        stopped, point = "completed", 0
        began = self.recorder.began = clock()
        self.control.enter(lambda: task.number)
        try:
            event, value = resume()
            seconds = clock() - began
            point = conditions.locate(task.iterator) if event == "yielded" else 0
        except BaseException as error:
            seconds = clock() - began
            event, value, stopped = ending(error, seconds)
        finally:
            self.control.leave()
        end_forked(self.wire, value if event == "threw" else None)
        task.is_over = event != "yielded"
        at = self.throws.tell(self.recorder.steps + 1, value) if event == "threw" else point
        self.recorder.end(event, value, seconds, at)
        task.value = value
        news = self.requests.came(task, event, value, self.recorder.steps)
        self.output.take_in(self.recorder.steps)
        if stopped != "interrupted":
            conditions.meet_once(task, point, value)
        if news == "deadlock":
            stopped = news
        elif stopped == "completed":
            stopped = conditions.stopped or news or stopped
        self.requests.catch_up()
        self.recorder.send(array("H", [task.number]))
        return conditions.answer(1, stopped)

    def _instantiate(self, module):
        self.output.is_muted = True
        self._handles.clear()
        if self.threads is not None:
            self._outside_steps(lambda: self.threads.end(task.iterator for task in self._tasks.values()))
        self._outside_steps(lambda: _forget(self._tasks, self._by_object))
        self.output.collect()
        self.output.is_muted = False
        self.output.rewind()
        self.recorder.rewind()
        self._next_task = 0
        self._names = TaskNames()
        self.requests = Requests(self, self._new_clock())
        self.offer.serve(self.requests)
        self._module = None
        if self.threads is not None:
            self.threads.begin(self.requests.engine)
        self._run("load", module.load)
        self._module = module

    def _new_clock(self):
        """Sets the clock of a program that is about to start. Returns the virtual clock, or None if time is real."""
        if self._time is None:
            self._noted = set()
            self.clocks.use(None, self._note_call if self._notes_calls else None)
            return None
        step, seed = self._time
        clock = VirtualClock(step, seed, self.recorder, self._clock_moved)
        self.clocks.use(clock)
        return clock

    def _note_call(self, call):
        """Reports a call that is not repeatable, only the first one of each task."""
        task = self.control.running
        if task is not None and task not in self._noted:
            self._noted.add(task)
            self.requests.tell({"event": "unrepeatable", "step": self.control.step, "task": task, "call": call})

    def _clock_moved(self, now):
        """Called when the virtual clock has moved ahead. Within a slice, the time after its step is later by the duration of a step."""
        step, _seed = self._time
        self.requests.clock_moved(now + (step if self.control.running is not None else 0))

    def _run(self, code, user_code):
        """Runs code that belongs to no step. An exception becomes a RequestError."""
        try:
            answer = self._outside_steps(user_code)
            end_forked(self.wire, None)
            return answer
        except RequestError:
            raise
        except Interruption:
            raise RequestError("interrupted", "Interrupted.") from None
        except BaseException as error:
            end_forked(self.wire, error)
            raise failure_of(code, error) from None

    def _outside_steps(self, user_code):
        self.control.enter()
        try:
            return user_code()
        finally:
            self.control.leave()

    def _loaded(self):
        if self._module is None:
            raise RequestError("bad-request", "No module is loaded.")
        return self._module

    def _task(self, number):
        if number not in self._tasks:
            raise RequestError("unknown-task", "There is no task %s." % number)
        return self._tasks[number]

    def _live_task(self, number):
        task = self._task(number)
        if task.is_over:
            raise RequestError("unknown-task", "Task %s is over." % number)
        return task


def _told(task):
    """What is reported to the session about a new task: its name, and where it is suspended."""
    chain = suspended(task.iterator)
    point = next(filter(None, map(place, reversed(chain))), None) or beginning_of(task.iterator)
    begun = {"begun": True} if chain and not is_created(chain[0]) else {}
    return {"name": task.name, **({"point": point} if point else {}), **begun}


@door
def _forget(*tasks):
    """Drops the generators of an instance. Their `finally` blocks run during that."""
    for each in tasks:
        each.clear()
    gc.collect()
