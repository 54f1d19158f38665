"""Executes plans: the loop that resumes tasks, and what ends it."""
from array import array

from .control import Interruption, clock, door
from .failures import trim
from .preview import preview
from .recorder import MOST_STEPS

"""A chunk is sent after this time even where it is not full, in seconds."""
_STRETCH = 0.05
"""A slice that wrote to a descriptor takes longer than this, in seconds; most others do not."""
_QUICK = 5e-7
"""Ints are recorded as they are where they are short. Those of one digit, as the interpreter counts, are compared at once."""
_DIGIT, _WORD = 2**30, 2**63


class Advance:
    """One execution of a plan. `number` counts the requests to advance from 1, so that a pause can tell them apart."""

    def __init__(self, plan, number, tasks, runner, conditions):
        self._picks = array("H", plan["picks"])
        self._total = len(self._picks) * plan["times"]
        self._number = number
        self._control = runner.control
        self._recorder = runner.recorder
        self._output = runner.output
        self._points = runner.points
        self._tasks = tasks
        self._wire = runner.wire
        self._conditions = conditions
        self._first = runner.recorder.steps
        self._is_settled = False
        self._turns = self._turns_now()
        for pick in set(self._picks):
            tasks[pick].is_started = True

    def run(self):
        """Runs the whole plan, or up to what stops it."""
        while True:
            stopped = self._stretch()
            self._output.collect(self._recorder.steps)
            ran = self._recorder.steps - self._first
            if stopped is None and ran == self._total:
                stopped = "completed"
            self._send(ran)
            if stopped is not None:
                self._turns = []
                return self._answer(ran, stopped)
            self._wire.flush()
            if not self._is_settled:
                self._is_settled = True
                self._turns = self._turns_now()

    def send(self):
        """Queues the steps that were recorded, in the middle of a slice too."""
        self._send(self._recorder.steps - self._first)

    def running_task(self):
        """The number of the task whose turn it is; None while a condition is evaluated."""
        if self._control.is_between_slices:
            return None
        return self._picks[(self._recorder.steps - self._first) % len(self._picks)]

    def _turns_now(self):
        """What the loop needs of each task in turn; once a task was resumed that may be quicker."""
        return [self._tasks[pick].turn(self._points) for pick in self._picks]

    def _stretch(self):
        """As many steps as one chunk takes; gives why the plan is to end, or None."""
        turns = _rotated(self._turns, self._recorder.steps - self._first, self._left())
        if self._control.publish(turns, self._number):
            return "paused"
        planned = len(turns)
        self._control.enter(self.running_task)
        if self._conditions is None:
            error, seconds = _resume_in_turn(turns, self._recorder, self._points.locate, self._slow_slice)
        else:
            error, seconds = _resume_until(turns, self._recorder, self._conditions, self._slow_slice)
        self._control.leave()
        if error is not None:
            return self._ended(error, seconds)
        if self._conditions is not None and self._conditions.met is not None:
            return "interrupted" if self._conditions.is_interrupted else "condition"
        return "paused" if len(turns) != planned else None

    def _answer(self, ran, stopped):
        answer = {"ran": ran, "stopped": stopped}
        if self._conditions is not None and self._conditions.met is not None:
            answer["condition"] = self._conditions.met
        return answer

    def _left(self):
        return min(MOST_STEPS, self._total - (self._recorder.steps - self._first))

    def _slow_slice(self, seconds_left):
        """After a slice with time for more than a few operations. Says whether the stretch is to end."""
        self._output.collect(self._recorder.steps)
        return seconds_left < 0

    def _ended(self, error, seconds):
        recorder = self._recorder
        if len(recorder.seconds) != recorder.waiting:
            raise error
        task = self._turns[(recorder.steps - self._first) % len(self._turns)][3]
        event, value, stopped = ending(error, seconds)
        task.is_over = True
        task.value = value
        recorder.end(event, value, seconds)
        return stopped

    def _send(self, ran):
        waiting = self._recorder.waiting
        picks = _rotated(self._picks, ran - waiting, waiting)
        self._keep_last(picks)
        self._recorder.send(picks)

    def _keep_last(self, picks):
        """Gives each task its last value, where the loop left it in the column alone. The last round holds that of every task."""
        last_round = -len(self._picks)
        last = dict(zip(picks[last_round:], self._recorder.values[last_round:]))
        for pick, value in last.items():
            if type(value) is not str:
                self._tasks[pick].value = value


def kept(task, value):
    """A value that may change or be long: the task keeps it, the trace gets the preview of this moment."""
    task.value = value
    return preview(value)


def ending(error, seconds):
    """How a step ended that raised: its event, its value, and why the plan stops."""
    trim(error)
    if issubclass(type(error), StopIteration):
        return "returned", StopIteration.value.__get__(error), "returned"
    if type(error) is Interruption:
        return "threw", error.after(seconds), "interrupted"
    return "threw", error, "threw"


def _rotated(cycle, start, count):
    """`count` entries of an endlessly repeated cycle, from position `start` on."""
    start %= len(cycle)
    if start + count <= len(cycle):
        return cycle[start : start + count]
    return (cycle * ((start + count) // len(cycle) + 1))[start : start + count]


@door
def _resume_in_turn(turns, recorder, locate, slow_slice):
    """
    The loop that millions of steps go through. One reading of the clock ends a slice and begins the next. A pause empties the
    list of turns. Gives what the last slice raised and how long it took, or None.
    """
    seconds, values, points = recorder.seconds.append, recorder.values.append, recorder.points.append
    until = clock() + _STRETCH
    before = clock()
    try:
        for resume, frame, table, task in turns:
            value = resume(None)
            now = clock()
            spent = now - before
            seconds(spent)
            short = value is None or type(value) is int and (-_DIGIT < value < _DIGIT or -_WORD < value < _WORD)
            values(value if short else kept(task, value))
            points(table[frame.f_lasti] or locate(task.iterator))
            before = now
            if spent > _QUICK:
                if slow_slice(until - now):
                    break
                before = clock()
    except BaseException as error:
        return error, clock() - before
    return None, 0.0


@door
def _resume_until(turns, recorder, conditions, slow_slice):
    """The same loop for an `advance` with conditions. Ends after a step that met one."""
    seconds, values, points = recorder.seconds.append, recorder.values.append, recorder.points.append
    locate, reach, meet = conditions.locate, conditions.reach, conditions.meet
    until = clock() + _STRETCH
    before = clock()
    try:
        for resume, frame, table, task in turns:
            value = resume(None)
            now = clock()
            spent = now - before
            seconds(spent)
            short = value is None or type(value) is int and (-_DIGIT < value < _DIGIT or -_WORD < value < _WORD)
            values(value if short else kept(task, value))
            point = table[frame.f_lasti] or locate(task.iterator)
            points(point)
            before = now
            if point in reach:
                if spent > _QUICK:
                    slow_slice(0.0)
                if meet(task, point, value):
                    break
                before = clock()
                if before > until:
                    break
            elif spent > _QUICK:
                if slow_slice(until - now):
                    break
                before = clock()
    except BaseException as error:
        return error, clock() - before
    return None, 0.0
