"""
All schedules but those that differ from one that was tried only in the order of independent slices: see `src/core/explore/sleepSets.ts`.
"""
from .portion import Portion
from .strategy import OVER, REDUNDANT, Strategy, are_independent


class _Node:
    """
    A step of the schedule. `ready` is how many tasks were ready, `awake` the positions of those that do not sleep, `asleep` pairs of a task that
    sleeps and what its slice touches.
    """

    __slots__ = ("ready", "awake", "tried", "task", "touched", "asleep")

    def __init__(self, ready, awake, asleep):
        self.ready = ready
        self.awake = awake
        self.tried = 0
        self.task = -1
        self.touched = None
        self.asleep = asleep


class SleepSets(Strategy):
    asks_always = True

    def __init__(self, shard, position=""):
        super().__init__()
        self._portion = Portion(*shard)
        self._nodes = []
        self._depth = 0
        self._is_over = position == OVER
        self._goal = [] if self._is_over or position == "" else [int(tried) for tried in position.split(" ")]
        self._is_learning = False
        self._gave_up = False

    def begin(self):
        self._depth = 0
        self._gave_up = False
        self._is_learning = False
        self._portion.begin()

    def pick(self, ready, _last):
        if self._portion.is_foreign or self._is_learning or self._is_over:
            return self._give_up()
        if self._depth == len(self._nodes):
            node = self._node_for(ready)
            if not node.awake:
                return self._give_up()
            self._nodes.append(node)
        else:
            node = self._nodes[self._depth]
            if node.ready != len(ready):
                return self._give_up()
        position = node.awake[node.tried]
        node.task = ready[position]
        self._approach(node.tried)
        self._depth += 1
        if len(node.awake) > 1:
            self._portion.chose(node.tried, len(node.awake))
        return position

    def ran(self, _task, touched):
        self._nodes[self._depth - 1].touched = touched

    def has_differed(self):
        """Whether steps that were made before were not reached."""
        return self._depth < len(self._nodes)

    def counts(self):
        return not self._is_learning and not self._is_over and not self.has_differed() and self._portion.is_mine()

    def end(self):
        nodes = self._nodes
        del nodes[self._depth :]
        # A slice that ended the run kept the other tasks from running, so it depends on them, whatever it touched.
        if self._depth and not self._gave_up and nodes[self._depth - 1].ready > 1:
            nodes[self._depth - 1].touched = None
        while nodes:
            node = nodes[-1]
            if node.tried + 1 < len(node.awake):
                if node.touched is not None:
                    node.asleep.append((node.task, node.touched))
                node.tried += 1
                return True
            nodes.pop()
        self._is_over = True
        return False

    def position(self):
        if self._is_over:
            return OVER
        return " ".join(map(str, self._goal or [node.tried for node in self._nodes]))

    def _approach(self, tried):
        """On the way to where the search goes on, a sibling before it is run for what it touches alone."""
        if self._depth >= len(self._goal):
            return
        goal = self._goal[self._depth]
        self._is_learning = tried < goal
        if tried > goal or tried == goal and self._depth == len(self._goal) - 1:
            self._goal.clear()

    def _node_for(self, ready):
        before = self._nodes[self._depth - 1] if self._depth else None
        asleep = _still_asleep(before) if before is not None else []
        sleeping = {task for task, _ in asleep}
        return _Node(len(ready), [position for position, task in enumerate(ready) if task not in sleeping], asleep)

    def _give_up(self):
        self._gave_up = True
        return REDUNDANT


def _still_asleep(node):
    touched = node.touched
    return [] if touched is None else [sleeper for sleeper in node.asleep if are_independent(sleeper[1], touched)]
