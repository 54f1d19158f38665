"""
Records the steps of an observed program, whose main thread comes here in the hooks. When a request is fulfilled, it waits here and serves
others, until one lets the program go on.
"""
import os
import sys

from ..control import LATER, Interruption, is_runner_code
from ..execute.throws import thrown_of
from ..failures import RequestError, trim
from ..source.points import code_name
from .counting import Counting
from .drivers import path_of
from .places import Places
from .program import Program, show_only_the_program
from .resumption import Resumptions
from .slices import Slices
from .steps import Steps
from .taking import Taking
from .tasks import ObservedTasks
from .waits import Waits


class Observation:
    """
    `tasks` has the tasks by their numbers; `is_begun` tells whether the program may run. `turns` is empty if the program has to pause.
    `within` takes in what slices write, `outside` what is written between them.
    """

    def __init__(self, runner, program, functions):
        """:param functions: how those count whose generators are not tasks whenever a call resumes them, by their names"""
        places = Places(runner.points)
        resumptions = Resumptions()
        self.counting = Counting(functions, places, runner.wire)
        known = ObservedTasks(program.scope, places, self.counting)
        self.tasks = known.by_number
        self.is_begun = False
        self.recorder = runner.recorder
        self.steps = Steps(runner)
        self.turns = []
        self.within, self.outside = Taking(runner.output), Taking(runner.output)
        self.waits = Waits(runner, known)
        known.given_name = self.waits.libraries.given_name
        self._slices = Slices(known, resumptions, places, self)
        self._hooks = _hooks(self._slices, resumptions)
        self._known = known
        self._runner = runner
        self._program = program
        self._control = runner.control
        self._output = runner.output
        self._untold = None
        self._rests_at = None
        self._first = 0
        self._request = self._conditions = None
        self._goes_on = False

    def advance(self, number, switches, conditions):
        """
        Lets the program make so many switches, or up to a step that meets a condition.

        :param number: that of the request among all that advance
        """
        self.turns[:] = [None]
        if self._control.publish(self.turns, number):
            return {"ran": 0, "stopped": "paused"}
        self._first = self.recorder.steps
        self.steps.aim(self._first + switches, bool(conditions.checks))
        self._request = self._control.request
        self._conditions = conditions
        self._goes_on = self.is_begun = True
        return LATER

    def run(self):
        """Runs the program. Raises what it raises, which ends the process as it would end by itself."""
        if hasattr(os, "register_at_fork"):
            os.register_at_fork(after_in_child=self._hooks.stop)
        self._control.enter(self._slices.running_task, self._slices.is_recorded)
        self._hooks.start()
        try:
            self._program.run()
        except BaseException as error:
            is_exit = issubclass(type(error), SystemExit)
            self._end(None if is_exit else error)
            if not is_exit:
                show_only_the_program(error)
            raise
        self._end(None)

    def _end(self, error):
        self._hooks.stop()
        self._control.leave()
        runner = self._runner
        if error is not None:
            trim(error)
            runner.wire.say({"event": "uncaught", "step": self.recorder.steps, "thrown": thrown_of(error)})
        self._output.take_in(self.recorder.steps)
        runner.flush_recorded()

    def delete_program(self):
        """The interpreter ends, and deletes what the program has. What that prints belongs to the last step."""
        self._known.forget_all()
        self._program.delete()
        self._output.take_in(self.recorder.steps)

    def resumed_by(self, number):
        """The frames that have resumed a task, given by its number, if the program waits at its step; otherwise None."""
        task = self._rests_at
        if task is None or number != task.number:
            return None
        return self.steps.drivers.frames(_resumer(task))

    def driver_scope(self):
        """
        The scope of an expression about the innermost frame of the user's files that has resumed the task of the step.

        :raises RequestError: if there is none
        """
        frame = None if self._rests_at is None else self.steps.drivers.innermost(_resumer(self._rests_at))
        if frame is None:
            raise RequestError("evaluate", "No function of your files has resumed the task of this step.")
        return _scope_of(frame)

    def scope_if_driven_by(self, task, file, function):
        """The same in a step of a task, if this function has resumed it; otherwise None."""
        frame = self.steps.drivers.innermost(_resumer(task))
        if frame is None or code_name(frame.f_code) != function or path_of(frame.f_code) != file:
            return None
        return _scope_of(frame)

    def begin(self, task, driver, told, seconds):
        """
        A slice is about to run.

        :param task: None if it is not recorded
        :param told: what is told of a new task
        :param seconds: the time since the last slice
        :return: the number of the driver
        """
        self.take_in_outside(seconds)
        self._untold = told
        # The collector may close a generator that has begun unseen: that makes no task of it.
        if told is not None and "begun" not in told:
            self._tell()
        return 0 if task is None else self.steps.drivers.number(driver)

    def drop(self):
        """The slice that has begun is no step. Returns whether its task is new."""
        is_new, self._untold = self._untold is not None, None
        return is_new

    def step(self, task, event, value, seconds, point, driver, now, frame=None):
        """A slice is over. A frame is given if it is suspended."""
        if self._untold is not None:
            self._tell()
        if event == "yielded":
            self.steps.yielded(task.number, self.waits.yields(task, value, frame), seconds, point, driver)
        else:
            if type(value) is Interruption:
                value.after(seconds)
            self.steps.ended(task.number, event, value, seconds, driver)
            self.waits.ended(task)
        self.look(task, event, value, seconds, now)

    def look(self, task, event, value, seconds, now):
        """Takes in what was written in a step, and rests or sends if that is due."""
        self.within.take_in(seconds, self.recorder.steps)
        if self.steps.are_checked:
            self._check(task, event, value)
        stopped = self._stopped(event, value)
        if stopped is not None:
            self._rest(task, value, stopped)
        elif self.steps.is_due(now):
            self.steps.send()
            self._runner.wire.flush()

    def take_in_outside(self, seconds):
        """Takes in what was written since the last step, which took so long. It belongs to that step."""
        self.outside.take_in(seconds, self.recorder.steps)

    def _tell(self):
        self._runner.wire.say({"event": "spawned", "step": self.recorder.steps + 1, **self._untold})
        self._untold = None

    def _stopped(self, event, value):
        if event == "threw" and type(value) is Interruption:
            return "interrupted"
        if not self.turns:
            return "paused"
        return self._conditions.stopped or ("completed" if self.recorder.steps >= self.steps.goal else None)

    def _check(self, task, event, value):
        point = self.recorder.points[-1] if event == "yielded" else 0
        driver = self.steps.drivers.place(self.steps.by[-1])
        if self._conditions.may_hold(point) or self._conditions.may_hold_for(driver):
            self._conditions.meet(task, point, value, driver)

    def send(self):
        """Queues the recorded steps. May be called within a slice."""
        self.steps.send()

    def _rest(self, task, value, stopped):
        """Waits between two steps for a request that lets the program go on."""
        runner = self._runner
        self._control.leave()
        task.value, task.is_started = value, True
        self._output.settle(self.recorder.steps)
        self.waits.look()
        self.steps.send()
        self._goes_on = False
        self._rests_at = task
        runner.advanced(self._request, self._conditions.answer(self.recorder.steps - self._first, stopped))
        while not self._goes_on:
            runner.serve(runner.queue.get())
        self._rests_at = None
        task.forget()
        self._control.enter(self._slices.running_task, self._slices.is_recorded)


def _resumer(task):
    """The frame that has resumed a task, in the hook in which its step ends."""
    at = within = _first_of_program(sys._getframe())
    while within is not None and id(within) != task.frame:
        within = within.f_back
    # A task that was closed has no frame here: it did not run.
    return at if within is None else within.f_back


def _scope_of(frame):
    """A single dict, for the scopes nested in an expression."""
    return {**frame.f_globals, **frame.f_locals}


def _first_of_program(frame):
    """The innermost frame that is not the runner's, from one of the runner on."""
    while is_runner_code(frame.f_code):
        frame = frame.f_back
    return frame


def _hooks(slices, resumptions):
    if sys.version_info >= (3, 12):
        from .monitoring import Monitoring

        return Monitoring(slices)
    from .tracing import Tracing

    return Tracing(slices, resumptions)
