"""A random walk: any ready task, all equally likely."""
from .strategy import Strategy


class RandomWalk(Strategy):
    def __init__(self, chance):
        super().__init__()
        self._chance = chance
        self.drawn = chance.drawn

    def pick(self, ready, _last):
        return self._chance.below(len(ready))

    def position(self):
        return self._chance.state()
