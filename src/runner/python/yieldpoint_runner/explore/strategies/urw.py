"""URW: a ready task is picked as often as it has slices left, by its count in a first run: see `src/core/explore/urw.ts`."""
from .strategy import Strategy


class Urw(Strategy):
    asks_always = True

    def __init__(self, chance):
        super().__init__()
        self._chance = chance
        self._slices = {}
        self._spawners = {}
        self._is_learning = True
        self._left = {}

    def begin(self):
        self._left = {}

    def pick(self, ready, last):
        if self._is_learning:
            return self._count(ready, last)
        left = self._left
        for task in ready:
            if task not in left:
                left[task] = self._slices.get(task, 1)
                if last >= 0:
                    self._take(last, left[task])
        position = 0
        if len(ready) > 1:
            drawn = self._chance.below(sum([left[task] for task in ready]))
            while position < len(ready) - 1:
                drawn -= left[ready[position]]
                if drawn < 0:
                    break
                position += 1
        self._take(ready[position], 1)
        return position

    def counts(self):
        return not self._is_learning

    def end(self):
        if self._is_learning:
            for task in sorted(self._slices, reverse=True):
                spawner = self._spawners[task]
                if spawner >= 0:
                    self._slices[spawner] += self._slices[task]
        self._is_learning = False
        return True

    def position(self):
        return self._chance.state()

    def _count(self, ready, last):
        for task in ready:
            self._slices.setdefault(task, 0)
            self._spawners.setdefault(task, last)
        self._slices[ready[0]] += 1
        return 0

    def _take(self, task, slices):
        self._left[task] = max(self._left[task] - slices, 1)
