"""Which tasks hold the locks and the like of libraries, as rows of the wait log."""
from ..waiting.rows import FREE, GRANT, PERMIT


class Holders:
    """
    `_units` are how many units of a resource each task holds, by the numbers of both. `held_by` has the numbers of the resources that a task
    holds, if there are any.
    """

    def __init__(self, log):
        self._log = log
        self._units = {}
        self.held_by = {}

    @property
    def held(self):
        """The numbers of all resources that tasks hold."""
        return {number for numbers in self.held_by.values() for number in numbers}

    def take(self, task, number):
        """A task has taken a unit. It no longer waits."""
        self._log.happens_now()
        self._log.served(task.number, GRANT, number)
        self._add(task.number, number, 1)

    def give(self, task, number):
        """A task, or something outside of all if that is None, gives back a unit: its own or, as is permitted, that of another one."""
        self._log.happens_now()
        holders = self._units.get(number, {})
        owner = task.number if task is not None and task.number in holders else next(iter(holders), None)
        if owner is None:
            self._log.rows.add(PERMIT, 0, number)
        else:
            self._log.rows.add(FREE, owner, number)
            self._add(owner, number, -1)

    def become(self, number, tasks):
        """From now on, these are the holders, given by their numbers, one for each unit. Rows belong to the step that the log is at."""
        units = {}
        for task in tasks:
            units[task] = units.get(task, 0) + 1
        before = self._units.get(number, {})
        if units == before:
            return
        for task, count in list(before.items()):
            for _ in range(count - units.get(task, 0)):
                self._log.rows.add(FREE, task, number)
                self._add(task, number, -1)
        for task, count in units.items():
            for _ in range(count - before.get(task, 0)):
                self._log.served(task, GRANT, number)
                self._add(task, number, 1)

    def _add(self, task, number, units):
        holders = self._units.setdefault(number, {})
        held = holders[task] = holders.get(task, 0) + units
        numbers = self.held_by.setdefault(task, set())
        if held > 0:
            numbers.add(number)
        else:
            del holders[task]
            numbers.discard(number)
            if not numbers:
                del self.held_by[task]
