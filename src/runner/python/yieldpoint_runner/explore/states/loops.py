"""When an order goes round in a loop: see `src/core/explore/loops/loops.ts`."""


class Loop:
    """
    An order that goes round for ever: the state after step `start` came back. `running` are the tasks that run in it, `starving` those that are
    ready all the while and do not run.
    """

    def __init__(self, start, running, starving):
        self.start, self.running, self.starving = start, running, starving


class _Visit:
    def __init__(self, step, starving):
        self.step, self.starving = step, starving


class Loops:
    """`loop` is the one that the order goes round in, `has_returned` says whether any order came back to a state."""

    def __init__(self, is_policys):
        """
        :param is_policys: whether a policy decides who runs in a loop, rather than anybody
        """
        self._is_policys = is_policys
        self.has_returned = False
        self.begin()

    def begin(self):
        """An order begins."""
        self._visits, self._picks, self._ran, self._rested = {}, [], [], []
        self._deviated = 0
        self.loop = None

    def picked(self, task, passed):
        """A task makes a step, for which so many ready tasks are passed over."""
        self._picks.append(task)
        self._ran[task] = len(self._picks)
        if passed > 0:
            self._deviated = len(self._picks)

    def comes_to(self, state, ready):
        """
        The order has come to a state. Gives the ready tasks that may run next, none if it goes round in a loop.

        :param state: with that of the policy, if it decides; None if it cannot wholly be seen
        """
        self._note(ready)
        if state is None or not ready:
            return ready
        step = len(self._picks)
        visit = self._visits.get(state)
        if visit is None:
            self._visits[state] = _Visit(step, len(ready))
            return ready
        self.has_returned = True
        starving = [task for task in ready if self._ran[task] <= visit.step and self._rested[task] < visit.step]
        if self._is_policys and visit.step < self._deviated:
            visit.step = step
            return ready
        if self._is_policys or not starving:
            self.loop = Loop(visit.step, sorted(set(self._picks[visit.step :])), starving)
            return []
        is_futile = len(starving) == visit.starving
        visit.starving = len(starving)
        return starving if is_futile else ready

    def _note(self, ready):
        step, rested = len(self._picks), self._rested
        for task in ready:
            while len(rested) <= task:
                rested.append(step - 1)
                self._ran.append(-1)
        for task in range(len(rested)):
            if task not in ready:
                rested[task] = step
