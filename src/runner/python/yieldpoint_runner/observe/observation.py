"""
Records the steps of an observed program, whose main thread comes here in the hooks. When a request is fulfilled, it waits here and serves
others, until one lets the program go on.
"""
import os
import sys
from array import array
from ..control import LATER, Interruption, clock
from ..failures import trim
from ..execute.throws import thrown_of
from ..process.recorder import MOST_STEPS
from ..values.preview import preview
from .drivers import Drivers
from .places import Places
from .program import Program, show_only_the_program
from .resumption import Resumptions
from .slices import Slices
from .taking import Taking
from .tasks import ObservedTasks

"""The maximum time in seconds for which steps are kept, and the maximum share of all steps, one in this number."""
_STRETCH = 0.005
_UNSENT_SHARE = 8


class Observation:
    """`tasks` has the tasks by their numbers; `is_begun` tells whether the program may run."""

    def __init__(self, runner, program):
        places = Places(runner.points)
        resumptions = Resumptions()
        known = ObservedTasks(program.scope, places)
        self.tasks = known.by_number
        self.is_begun = False
        self._hooks = _hooks(Slices(known, resumptions, places, self), resumptions)
        self._runner = runner
        self._program = program
        self._control = runner.control
        self._recorder = runner.recorder
        self._output = runner.output
        self._drivers = Drivers()
        self._numbers = array("H")
        self._running = self._untold = None
        self._resumer = self._rests_at = None
        self._turns = []
        self._goal = 0
        self._first = 0
        self._request = self._conditions = None
        self._goes_on = False
        self._within, self._outside = Taking(runner.output), Taking(runner.output)
        self._freed = self._sent = clock()

    def advance(self, number, switches, conditions):
        """
        Lets the program make so many switches, or up to a step that meets a condition.

        :param number: that of the request among all that advance
        """
        self._turns = [None]
        if self._control.publish(self._turns, number):
            return {"ran": 0, "stopped": "paused"}
        self._first = self._recorder.steps
        self._goal = self._first + switches
        self._request = self._control.request
        self._conditions = conditions
        self._goes_on = self.is_begun = True
        return LATER

    def run(self):
        """Runs the program. Raises what it raises, which ends the process as it would end by itself."""
        if hasattr(os, "register_at_fork"):
            os.register_at_fork(after_in_child=self._hooks.stop)
        self._control.enter(self.running_task)
        self._control.turn(False)
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
            runner.wire.say({"event": "uncaught", "step": self._recorder.steps, "thrown": thrown_of(error)})
        self._output.take_in(self._recorder.steps)
        runner.flush_recorded()

    def delete_program(self):
        """The interpreter ends, and deletes what the program has. What that prints belongs to the last step."""
        self._program.delete()
        self._output.take_in(self._recorder.steps)

    def running_task(self):
        """The number of the task whose slice runs."""
        return self._running

    def resumed_by(self, task):
        """The frames that have resumed a task, by its number, if the program waits at its step; otherwise None."""
        return self._drivers.frames(self._resumer) if task == self._rests_at else None

    def begin(self, task, driver, told):
        """
        A slice is about to run.

        :param task: None if it is not recorded
        :param told: what is told of a new task
        :return: the number of the driver
        """
        self._outside.take_in(clock() - self._freed, self._recorder.steps)
        self._untold = told
        # The collector may close a generator that has begun unseen: that makes no task of it.
        if told is not None and "begun" not in told:
            self._tell()
        if task is None:
            return 0
        number = self._drivers.number(driver)
        self._running, self._resumer = task.number, driver
        self._control.turn(True)
        return number

    def drop(self):
        """The slice that has begun is no step. Returns whether its task is new."""
        is_new, self._untold = self._untold is not None, None
        self._running = self._resumer = None
        self._control.turn(False)
        return is_new

    def step(self, task, event, value, seconds, point, driver, now):
        """A slice is over."""
        recorder = self._recorder
        if self._untold is not None:
            self._tell()
        if event == "yielded":
            recorder.seconds.append(seconds)
            recorder.points.append(point)
            recorder.values.append(value if value is None or type(value) is int and -(2**30) < value < 2**30 else preview(value))
        else:
            if type(value) is Interruption:
                value.after(seconds)
            at = self._runner.throws.tell(recorder.steps + 1, value) if event == "threw" else 0
            recorder.end(event, value, seconds, at)
        self._numbers.append(task.number)
        self._drivers.by.append(driver)
        self._running = None
        self._control.turn(False)
        self._within.take_in(seconds, recorder.steps)
        if self._conditions.checks and self._conditions.may_hold(point):
            self._conditions.meet(task, point, value)
        stopped = self._stopped(event, value)
        if stopped is not None:
            self._rest(task, value, stopped)
        elif self._is_due(now):
            self.send()
            self._runner.wire.flush()
        # A frame that is kept keeps its variables.
        self._resumer = None
        self._freed = clock()

    def _tell(self):
        self._runner.wire.say({"event": "spawned", "step": self._recorder.steps + 1, **self._untold})
        self._untold = None

    def _stopped(self, event, value):
        if event == "threw" and type(value) is Interruption:
            return "interrupted"
        if not self._turns:
            return "paused"
        if self._recorder.steps >= self._goal:
            return self._conditions.stopped or "completed"
        return self._conditions.stopped

    def _is_due(self, now):
        steps, waiting = self._recorder.steps, len(self._numbers)
        if waiting >= MOST_STEPS or waiting * _UNSENT_SHARE >= steps:
            return True
        return now - self._sent > _STRETCH

    def send(self):
        """Queues the recorded steps, after who resumed them. May be called within a slice."""
        waiting = self._recorder.waiting
        numbers, by = self._numbers[:waiting], self._drivers.by[:waiting]
        del self._numbers[:waiting], self._drivers.by[:waiting]
        drivers = self._drivers.take_new()
        if drivers:
            self._runner.wire.say({"event": "drivers", "drivers": drivers})
        if waiting:
            first = self._recorder.steps - waiting + 1
            self._runner.wire.say({"event": "driven", "step": first, "by": by.tolist()})
        self._recorder.send(numbers)
        self._sent = clock()

    def _rest(self, task, value, stopped):
        """Waits between two steps for a request that lets the program go on."""
        runner = self._runner
        self._control.leave()
        task.value, task.is_started = value, True
        self._output.settle(self._recorder.steps)
        self.send()
        self._goes_on = False
        self._rests_at = task.number
        runner.advanced(self._request, self._conditions.answer(self._recorder.steps - self._first, stopped))
        while not self._goes_on:
            runner.serve(runner.queue.get())
        task.forget()
        self._rests_at = None
        self._control.enter(self.running_task)
        self._control.turn(False)


def _hooks(slices, resumptions):
    if sys.version_info >= (3, 12):
        from .monitoring import Monitoring

        return Monitoring(slices)
    from .tracing import Tracing

    return Tracing(slices, resumptions)
