"""PCT, random priorities that change at a few random steps: see `src/core/explore/pct.ts`."""
from .strategy import Strategy


class Pct(Strategy):
    def __init__(self, depth, chance, longest=0):
        """
        :param depth: how many ordering constraints a bug may need to be found, at least 1
        :param longest: the most steps that left a choice in a run so far
        """
        super().__init__()
        self._depth = depth
        self._chance = chance
        self._longest = longest
        self._points = [0] * (depth - 1)
        self._priorities = {}
        self._step = 0

    @classmethod
    def at(cls, position, depth, chance):
        """A strategy at a position."""
        longest, _, state = position.partition("/")
        return cls(depth, chance(state), int(longest))

    def begin(self):
        self._step = 0
        self._priorities = {}
        if self._longest > 0:
            self._points = [1 + self._chance.below(self._longest) for _ in self._points]

    def pick(self, ready, _last):
        self._step += 1
        best, highest = 0, -1
        for position, task in enumerate(ready):
            priority = self._priorities.get(task)
            if priority is None:
                priority = self._priorities[task] = self._depth + self._chance.draw()
            if priority > highest:
                best, highest = position, priority
        for point, step in enumerate(self._points):
            if step == self._step:
                self._priorities[ready[best]] = point
        return best

    def end(self):
        self._longest = max(self._longest, self._step)
        return True

    def position(self):
        return "%d/%s" % (self._longest, self._chance.state())
