"""The order in which a policy would pick the ready tasks: see `src/core/explore/ranking.ts`."""
import re

_NONE = -1


class Ranking:
    def __init__(self, rule, name_of):
        """
        :param rule: the policy, as the wire has it
        :param name_of: gives the name of a task
        """
        self._rule = rule["name"]
        self._quantum = rule.get("quantum", 1)
        self._ageing = rule.get("ageing")
        self._priorities = dict(rule["priorities"])
        self._name_of = name_of
        self._ranks = {}

    def begin(self, tasks):
        """A run begins."""
        self._clock = self._steps = self._left = 0
        self._current = self._handed_over = _NONE
        for task in tasks:
            self.enter(task)

    def enter(self, task):
        """A task became ready: it was added, or woken."""
        self._clock += 1
        self._ranks[task] = self._key_of(task), self._clock

    def ran(self, task):
        """A task makes a step. Whoever it wakes enters after that."""
        self._handed_over = _NONE
        if self._left > 0:
            if task == self._current:
                self._left -= 1
            return
        self._current = task
        self._left = self._quantum - 1
        self._steps += 1
        if self._rule == "priority":
            self.enter(task)

    def leave(self, task):
        """A task is no longer ready: it has ended, or waits."""
        if task == self._current:
            self._left = 0

    def hand_over(self, task):
        """A task runs next, since another one has handed over to it."""
        self._handed_over = task

    def order(self, queue):
        """The ready tasks, the policy's next pick first. `queue` has them in the order of round-robin."""
        ranked = list(queue) if self._rule == "round-robin" else sorted(queue, key=self._ranks.__getitem__)
        if self._left > 0:
            _first(ranked, self._current)
        _first(ranked, self._handed_over)
        return ranked

    def state(self, queue):
        """What decides in which order the tasks come from here on, besides that of round-robin."""
        ranked = [] if self._rule == "round-robin" else sorted(queue, key=self._ranks.__getitem__)
        aged = ranked if self._ageing is None else [(task, self._ranks[task][0] - self._steps) for task in ranked]
        return tuple(aged), self._current if self._left > 0 else _NONE, self._left, self._handed_over

    def _key_of(self, task):
        if self._rule == "lifo":
            return -self._clock
        if self._rule != "priority":
            return 0
        priority = self._priority_of(task)
        return -priority if self._ageing is None else self._steps - priority * self._ageing

    def _priority_of(self, task):
        if not self._priorities:
            return 0
        name = self._name_of(task)
        keys = str(task), name, re.sub(r" #\d+$", "", name)
        return next((self._priorities[key] for key in keys if key in self._priorities), 0)


def _first(ranked, task):
    """Moves a task to the front, if it is there."""
    if task in ranked:
        ranked.remove(task)
        ranked.insert(0, task)
