"""How many schedules there are: see `src/core/explore/estimate.ts`."""
from math import sqrt

_FEWEST_PROBES = 10
_MOST_PROBES = 1000
_ACCURACY = 1 / 10


class Sizes:
    """Mean and variance of numbers that come one by one."""

    def __init__(self):
        self.runs, self.mean, self.variance = 0, 0.0, 0.0

    def add(self, size):
        """One number more."""
        runs = self.runs + 1
        apart = size - self.mean
        squares = self.variance * self.runs + (apart * apart * self.runs) / runs
        self.runs, self.mean, self.variance = runs, self.mean + apart / runs, squares / runs

    def need_more(self):
        """Whether more probes are worthwhile: until the estimate has settled, and within a limit."""
        return self.runs < _MOST_PROBES and not self._is_settled()

    def _is_settled(self):
        deviation = self.mean if self.runs < 2 else sqrt(self.variance / (self.runs - 1))
        return self.runs >= _FEWEST_PROBES and deviation <= self.mean * _ACCURACY
