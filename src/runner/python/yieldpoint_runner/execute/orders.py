"""The orders in which a plan resumes tasks: the order of its picks, or of a ring."""
from array import array
from collections import deque


class Picks:
    """A repeated list of tasks."""

    queue = None

    def __init__(self, picks, times, tasks):
        self._picks = picks
        self._tasks = tasks
        self.round = len(picks)
        self.steps = self.round * times
        self.turns = []

    def task_at(self, index):
        """The number of the task of a step, counted from 0."""
        return self._picks[index % len(self._picks)]

    def tasks(self, start, count):
        """The task numbers of `count` steps from `start` on, as an array of uint16."""
        return rotated(self._picks, start, count)

    def prepare(self, points, conditions, is_used):
        """
        Collects what the loop needs for each turn. It needs less if every task was resumed and has only one yield point. The result
        is then the yield point of each turn, otherwise an empty array.
        """
        tasks = {pick: self._tasks[pick] for pick in self._picks}
        only = {pick: points.only(task.iterator) for pick, task in tasks.items()}
        is_known = all(only.values()) and not conditions.checks and not is_used
        turns = {pick: (task.resume, task) if is_known else task.turn(points) for pick, task in tasks.items()}
        self.turns = [turns[pick] for pick in self._picks]
        return array("H", map(only.__getitem__, self._picks) if is_known else ())

    def next_turns(self, start, count):
        """The turns of `count` steps from `start` on."""
        return rotated(self.turns, start, count)

    def forget(self):
        """Drops the references to the tasks' frames."""
        self.turns = []

    def note(self, number):
        """Called before a task is resumed."""

    def enter(self, engine):
        """Handles tasks that were woken between slices. Returns why the plan ends, or None."""
        is_changed = bool(engine.woken)
        engine.woken.clear()
        return "changed" if is_changed else None

    def settle(self, engine, _turn, is_ready):
        """Called after a slice that may have changed which tasks are ready. Returns why the plan ends, or None."""
        has_news = engine.has_news
        engine.woken.clear()
        engine.take_next()
        if engine.take_deadlock():
            return "deadlock"
        return "changed" if has_news or not is_ready else None


class Ring:
    """A queue of the ready tasks. A task that ran goes to the tail again, behind the tasks that it woke."""

    def __init__(self, ring, steps, tasks, points):
        self._tasks = tasks
        self._points = points
        self._known = {}
        self.steps = steps
        self._ran = array("H")
        self.note = self._ran.append
        self.queue = deque(map(self._turn, ring))

    def task_at(self, index):
        return self._ran[index] if index < len(self._ran) else None

    def tasks(self, start, count):
        return self._ran[start : start + count]

    def prepare(self, _points, _conditions, _is_used):
        return array("H")

    def next_turns(self, _start, count):
        return [None] * count

    def forget(self):
        self.queue.clear()
        self._known.clear()

    def enter(self, engine):
        self.queue.extend(map(self._turn, engine.woken))
        engine.woken.clear()

    def settle(self, engine, turn, is_ready):
        if engine.woken:
            self.enter(engine)
        if is_ready:
            self.queue.append(turn)
        if engine.next is not None:
            self._to_head(self._turn(engine.take_next()))
        return None if engine.deadlock is None or not engine.take_deadlock() else "deadlock"

    def _to_head(self, turn):
        if turn in self.queue:
            self.queue.remove(turn)
            self.queue.appendleft(turn)

    def _turn(self, number):
        """Cached until the end of the plan, so that the frame of a task is looked up only once."""
        if number not in self._known:
            self._known[number] = self._tasks[number].turn(self._points)
        return self._known[number]


def rotated(cycle, start, count):
    """`count` entries of an endlessly repeated cycle, from position `start` on."""
    start %= len(cycle)
    if start + count <= len(cycle):
        return cycle[start : start + count]
    return (cycle * ((start + count) // len(cycle) + 1))[start : start + count]
