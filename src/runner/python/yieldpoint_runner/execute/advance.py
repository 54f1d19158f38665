"""Executes plans: resumes tasks in an order until the plan is complete or something ends it, and sends the recorded steps."""
from math import inf

from ..control import Interruption, clock, door
from ..failures import trim
from ..process.forked import end_forked
from ..process.recorder import MOST_STEPS
from ..process.remaining import threads_at_work
from ..requests.awaited import NOTHING
from .loops import kept, resume_in_turn, resume_until, resume_waiting
from .orders import rotated

"""The maximum share of all steps that may be unsent is one in this number."""
_UNSENT_SHARE = 8
"""The interval in seconds at which a waiting main thread checks for other threads, whose end is not signalled."""
_LOOK_AT_THREADS = 0.1
_LONGEST_WAIT = 3_600


class Advance:
    """One execution of a plan. `number` counts the requests to advance, from 1, so that a pause can refer to them."""

    def __init__(self, order, number, tasks, runner, conditions):
        self._order = order
        self._number = number
        self._control = runner.control
        self._recorder = runner.recorder
        self._output = runner.output
        self._points = runner.points
        self._throws = runner.throws
        self._requests = runner.requests
        self._tasks = tasks
        self._wire = runner.wire
        self._conditions = conditions
        self._first = runner.recorder.steps
        self._is_settled = False
        self._asking = None
        self._has_replaced = runner.output.take_in()
        self._look_at_tasks()

    def run(self):
        """Executes the whole plan, or up to the step that ends it early."""
        while True:
            stopped = self._come_to_somebody() or self._stretch()
            if stopped is None and self._ran == self._order.steps:
                stopped = "completed"
            if stopped is not None:
                self._let_go()
                self._requests.catch_up()
            self._output.settle(self._recorder.steps)
            ran = self._ran
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
        self._order.forget()
        self._control.forget_turns()

    def send(self):
        """Queues the recorded steps. May be called within a slice."""
        self._send(self._ran)

    def running_task(self):
        """The number of the task whose turn it is; None while a condition is evaluated."""
        return None if self._control.is_between_slices else self._order.task_at(self._ran)

    @property
    def _ran(self):
        return self._recorder.steps - self._first

    def _look_at_tasks(self):
        self._is_waiting = self._order.queue is not None or self._requests.is_used
        self._only = self._order.prepare(self._points, self._conditions, self._requests.is_used)

    def _come_to_somebody(self):
        """Makes sure that there is a task to resume. In a ring, this may wait. Returns None, or why the plan ends instead."""
        if self._order.queue is None:
            return None
        requests, bell = self._requests, self._control.bell
        while True:
            bell.clear()
            requests.engine.rows.step = self._recorder.steps
            requests.wake(clock())
            self._order.enter(requests.engine)
            if self._order.queue:
                return None if self._ran < self._order.steps else "completed"
            if self._control.publish([], self._number):
                return "paused"
            if requests.jump():
                continue
            seconds = requests.seconds_left()
            has_threads = threads_at_work()
            if seconds == inf and not has_threads and not requests.waits_for_future():
                return "idle"
            self.send()
            self._wire.flush()
            bell.wait(min(seconds, _LOOK_AT_THREADS if has_threads else _LONGEST_WAIT))

    def _stretch(self):
        """Makes as many steps as fit in one chunk. Returns why the plan should end, or None."""
        turns = self._order.next_turns(self._ran, self._left())
        if self._control.publish(turns, self._number):
            return "paused"
        planned = len(turns)
        quick = -1.0 if self._has_replaced else self._output.quick
        stopped = None
        self._control.enter(self.running_task)
        self._recorder.began = clock()
        if self._is_waiting:
            if self._order.steps == 1:
                self._note_given(turns)
            error, seconds, stopped = resume_waiting(
                turns, self._order, self._requests, self._recorder, self._conditions, quick, self._slow_slice
            )
        elif self._only:
            error, seconds = resume_in_turn(turns, self._recorder, self._keep, quick, self._slow_slice)
        else:
            error, seconds = resume_until(turns, self._recorder, self._conditions, self._keep, quick, self._slow_slice)
        self._control.leave()
        end_forked(self._wire, error)
        is_paused = len(turns) != planned
        # The frame of a task that has ended refers to its callers. If a caller referred to that frame too, its locals would stay alive.
        del turns
        if error is not None:
            return self._ended(error, seconds)
        if self._asking is not None:
            stopped, is_paused = self._serve_first(), False
        if stopped != "deadlock" and self._conditions.met is not None:
            return self._conditions.stopped
        return stopped or ("paused" if is_paused else None)

    def _note_given(self, turns):
        """Of a step by hand. At full speed it would cost too much."""
        turn = self._order.queue[0] if self._order.queue else turns[0]
        number = turn[3].number
        given = self._requests.engine.replies.values
        if number in given:
            self._requests.note_given(number, self._recorder.steps + 1, given[number])

    def _left(self):
        return min(MOST_STEPS, max(1, self._recorder.steps // _UNSENT_SHARE), self._order.steps - self._ran)

    def _slow_slice(self, seconds_left):
        """Called after a slice that took longer than a few operations. Returns whether the stretch should end."""
        had_replaced, self._has_replaced = self._has_replaced, self._output.take_in(self._recorder.steps)
        return seconds_left < 0 or self._has_replaced != had_replaced

    def _keep(self, task, value):
        """Like `kept`. The first request in a run ends the stretch after its step, so that `resume_waiting` can continue."""
        kind = self._requests.asked_by(task, value)
        if kind != NOTHING:
            self._asking = (task, value, kind)
            self._control.stop()
        return kept(task, value)

    def _serve_first(self):
        task, value, kind = self._asking
        self._asking = None
        requests = self._requests
        requests.engine.rows.step = self._recorder.steps
        requests.wake(clock())
        is_blocked = requests.serve_after(task, value, kind, self._recorder.steps)
        self._is_settled = False
        return self._order.settle(requests.engine, None, not is_blocked)

    def _ended(self, error, seconds):
        recorder = self._recorder
        if len(recorder.seconds) != recorder.waiting:
            raise error
        task = self._tasks[self._order.task_at(self._ran)]
        event, value, stopped = ending(error, seconds)
        task.is_over = True
        recorder.end(event, value, seconds, self._throws.tell(recorder.steps + 1, value) if event == "threw" else 0)
        task.value = value
        self._requests.ended(task, event, value, recorder.steps)
        if stopped == "interrupted":
            return stopped
        self._conditions.meet_once(task, 0, value)
        return "deadlock" if self._requests.engine.take_deadlock() else stopped

    def _send(self, ran):
        waiting = self._recorder.waiting
        tasks = self._order.tasks(ran - waiting, waiting)
        if not self._is_waiting:
            self._keep_last(tasks)
        self._recorder.send(tasks, self._known_points(ran - waiting, waiting - len(self._recorder.points)))

    def _known_points(self, start, count):
        """The yield points of steps for which the loop recorded none, because each task has only one."""
        return rotated(self._only, start, count) if count > 0 else self._only[:0]

    def _keep_last(self, tasks):
        """Stores each task's last value, which the loop only added to the column. The last round contains a value of every task."""
        last_round = -self._order.round
        last = dict(zip(tasks[last_round:], self._recorder.values[last_round:]))
        for number, value in last.items():
            if type(value) is not str:
                self._tasks[number].value = value


def ending(error, seconds):
    """The result of a step that raised an exception: its event, its value, and why the plan ends."""
    trim(error)
    if issubclass(type(error), StopIteration):
        return "returned", StopIteration.value.__get__(error), "returned"
    if type(error) is Interruption:
        return "threw", error.after(seconds), "interrupted"
    return "threw", error, "threw"
