"""Executes plans: the loop that resumes tasks, and the conditions that end it."""
from array import array

from ..control import Interruption, clock, door
from ..failures import trim
from ..process.forked import end_forked
from ..values.preview import preview
from ..process.recorder import MOST_STEPS

"""The maximum time in seconds before a chunk is sent, even if it is not full. Unsent steps are lost if the process dies."""
_STRETCH = 0.005
"""The maximum share of all steps that may be unsent is one in this number."""
_UNSENT_SHARE = 8
"""The maximum duration in seconds of a slice after which written output is not looked for. A slice that writes takes longer."""
_QUICK = 5e-7
"""The maximum number of bits of an int that is recorded as it is. The loops check for ints of one internal digit directly."""
_WORD = 63


class Advance:
    """One execution of a plan. `number` counts the requests to advance, from 1, so that a pause can refer to them."""

    def __init__(self, picks, times, number, tasks, runner, conditions):
        self._picks = picks
        self._total = len(picks) * times
        self._number = number
        self._control = runner.control
        self._recorder = runner.recorder
        self._output = runner.output
        self._points = runner.points
        self._throws = runner.throws
        self._tasks = tasks
        self._wire = runner.wire
        self._conditions = conditions
        self._first = runner.recorder.steps
        self._is_settled = False
        self._has_replaced = runner.output.take_in()
        self._look_at_tasks()
        for pick in set(self._picks):
            tasks[pick].is_started = True

    def run(self):
        """Executes the whole plan, or up to the step that ends it early."""
        while True:
            stopped = self._stretch()
            ran = self._recorder.steps - self._first
            if stopped is None and ran == self._total:
                stopped = "completed"
            if stopped is not None:
                self._let_go()
            self._output.settle(self._recorder.steps)
            self._send(ran)
            if stopped is not None:
                return self._conditions.answer(ran, stopped)
            self._wire.flush()
            if not self._is_settled:
                self._is_settled = True
                self._look_at_tasks()

    @door
    def _let_go(self):
        """
        Drops the frames of the tasks. The frame of a task that has ended keeps its locals alive. If they run code or print when they are
        deleted now, that belongs to the task's last step.
        """
        self._turns = []
        self._control.forget_turns()

    def send(self):
        """Queues the steps recorded so far. May be called within a slice."""
        self._send(self._recorder.steps - self._first)

    def running_task(self):
        """The number of the task whose turn it is; None while a condition is evaluated."""
        if self._control.is_between_slices:
            return None
        return self._picks[(self._recorder.steps - self._first) % len(self._picks)]

    def _look_at_tasks(self):
        """What the loop needs for each task in turn. Less is needed if every task was resumed before and has only one yield point."""
        tasks = {pick: self._tasks[pick] for pick in self._picks}
        only = {pick: self._points.only(task.iterator) for pick, task in tasks.items()}
        is_known = all(only.values()) and not self._conditions.checks
        turns = {pick: (task.resume, task) if is_known else task.turn(self._points) for pick, task in tasks.items()}
        self._only = array("H", map(only.__getitem__, self._picks) if is_known else ())
        self._turns = [turns[pick] for pick in self._picks]

    def _stretch(self):
        """Makes as many steps as fit in one chunk. Returns why the plan should end, or None."""
        turns = _rotated(self._turns, self._recorder.steps - self._first, self._left())
        if self._control.publish(turns, self._number):
            return "paused"
        planned = len(turns)
        self._control.enter(self.running_task)
        quick = -1.0 if self._has_replaced else _QUICK
        if self._only:
            error, seconds = _resume_in_turn(turns, self._recorder, quick, self._slow_slice)
        else:
            error, seconds = _resume_until(turns, self._recorder, self._conditions, quick, self._slow_slice)
        self._control.leave()
        end_forked(self._wire, error)
        is_paused = len(turns) != planned
        # The frame of a task that has ended refers to its callers. If a caller referred to that frame too, its locals would stay alive.
        del turns
        if error is not None:
            return self._ended(error, seconds)
        if self._conditions.met is not None:
            return self._conditions.stopped
        return "paused" if is_paused else None

    def _left(self):
        steps = self._recorder.steps
        return min(MOST_STEPS, max(1, steps // _UNSENT_SHARE), self._total - (steps - self._first))

    def _slow_slice(self, seconds_left):
        """Called after a slice that took longer than a few operations. Returns whether the stretch should end."""
        had_replaced, self._has_replaced = self._has_replaced, self._output.take_in(self._recorder.steps)
        return seconds_left < 0 or self._has_replaced != had_replaced

    def _ended(self, error, seconds):
        recorder = self._recorder
        if len(recorder.seconds) != recorder.waiting:
            raise error
        task = self._turns[(recorder.steps - self._first) % len(self._turns)][-1]
        event, value, stopped = ending(error, seconds)
        task.is_over = True
        recorder.end(event, value, seconds, self._throws.tell(recorder.steps + 1, value) if event == "threw" else 0)
        task.value = value
        if stopped != "interrupted":
            self._conditions.meet_once(task, 0, value)
        return stopped

    def _send(self, ran):
        waiting = self._recorder.waiting
        picks = _rotated(self._picks, ran - waiting, waiting)
        self._keep_last(picks)
        self._recorder.send(picks, self._known_points(ran - waiting, waiting - len(self._recorder.points)))

    def _known_points(self, start, count):
        """The yield points of steps for which the loop recorded none."""
        return _rotated(self._only, start, count) if count > 0 else self._only[:0]

    def _keep_last(self, picks):
        """Gives each task its last value, if the loop left it only in the column. The last round contains a value of every task."""
        last_round = -len(self._picks)
        last = dict(zip(picks[last_round:], self._recorder.values[last_round:]))
        for pick, value in last.items():
            if type(value) is not str:
                self._tasks[pick].value = value


def kept(task, value):
    """A value as it is recorded: immutable short ones unchanged, others as a preview, because they may change. The task keeps the value."""
    if type(value) is int and value.bit_length() <= _WORD:
        return value
    task.value = value
    return preview(value)


def ending(error, seconds):
    """The result of a step that raised an exception: its event, its value, and why the plan ends."""
    trim(error)
    if issubclass(type(error), StopIteration):
        return "returned", StopIteration.value.__get__(error), "returned"
    if type(error) is Interruption:
        return "threw", error.after(seconds), "interrupted"
    return "threw", error, "threw"


def _rotated(cycle, start, count):
    """`count` elements of an endlessly repeated cycle, beginning at position `start`."""
    start %= len(cycle)
    if start + count <= len(cycle):
        return cycle[start : start + count]
    return (cycle * ((start + count) // len(cycle) + 1))[start : start + count]


@door
def _resume_in_turn(turns, recorder, quick, slow_slice):
    """
    The main loop for tasks whose yield points are known, without conditions. Millions of steps go through it. A single reading of the
    clock ends one slice and begins the next. A pause empties the list of turns. Returns what the last slice raised and its duration,
    or None.
    """
    seconds, values = recorder.seconds.append, recorder.values.append
    until = clock() + _STRETCH
    before = clock()
    try:
        for resume, task in turns:
            value = resume(None)
            now = clock()
            spent = now - before
            seconds(spent)
            values(value if value is None or type(value) is int and -(2**30) < value < 2**30 else kept(task, value))
            before = now
            if spent > quick:
                if slow_slice(until - now):
                    break
                before = clock()
    except BaseException as error:
        return error, clock() - before
    return None, 0.0


@door
def _resume_until(turns, recorder, conditions, quick, slow_slice):
    """Like `_stretch`, but looks up the yield point of each slice. Ends after a step that met a condition."""
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
            values(value if value is None or type(value) is int and -(2**30) < value < 2**30 else kept(task, value))
            point = table[frame.f_lasti] or locate(task.iterator)
            points(point)
            before = now
            if point in reach:
                if spent > quick:
                    slow_slice(0.0)
                if meet(task, point, value):
                    break
                before = clock()
                if before > until:
                    break
            elif spent > quick:
                if slow_slice(until - now):
                    break
                before = clock()
    except BaseException as error:
        spent = clock() - before
        # See `_stretch`.
        turns = frame = value = None
        return error, spent
    return None, 0.0
