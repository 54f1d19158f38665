"""POS, random priorities that are drawn anew where slices conflict: see `src/core/explore/pos.ts`."""
from .strategy import Strategy, are_independent


class Pos(Strategy):
    def __init__(self, chance):
        super().__init__()
        self._chance = chance
        self._predicted = {}
        self._is_learning = True
        self._priorities = {}
        self._slices = {}

    def begin(self):
        self._priorities = {}
        self._slices = {}

    def pick(self, ready, _last):
        if self._is_learning:
            return 0
        best, highest = 0, -1
        for position, task in enumerate(ready):
            priority = self._priorities.get(task)
            if priority is None:
                priority = self._priorities[task] = self._chance.draw()
            if priority > highest:
                best, highest = position, priority
        return best

    def ran(self, task, touched):
        if self._is_learning:
            self._predicted.setdefault(task, []).append(touched)
            return
        self._slices[task] = self._slices.get(task, 0) + 1
        self._priorities.pop(task, None)
        for other in [each for each in self._priorities if self._conflicts(each, touched)]:
            del self._priorities[other]

    def counts(self):
        return not self._is_learning

    def end(self):
        self._is_learning = False
        return True

    def position(self):
        return self._chance.state()

    def _conflicts(self, task, touched):
        """Whether the next slice of a task seems to conflict with one that ran."""
        predicted, slice_ = self._predicted.get(task, ()), self._slices.get(task, 0)
        following = predicted[slice_] if slice_ < len(predicted) else None
        return following is None or touched is None or not are_independent(following, touched)
