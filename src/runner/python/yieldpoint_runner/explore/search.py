"""The search: see `src/core/explore/search.ts`. The loop over the steps is the program's."""
from .estimate import Sizes
from .loops import CUT
from .strategies.chance import Chance
from .strategies.strategy import MERGED, REDUNDANT, Strategy
from .tally import Tally

"""The size of a search is estimated when it turns out not to be small."""
_PROBED_AFTER = 1000
_NEVER = 1 << 62
_LARGEST_SIZE = 1e150
"""A schedule is run again at the latest after this many others."""
_LONGEST_GAP = 10_000


class Search:
    """
    `program` has `begin()`; `go_on(strategy, most, prints=None)`, which resumes its tasks as a strategy picks, gives what `pick` gave where that gave
    the run up, otherwise None, and appends fingerprints to `prints` after each step; `tasks`, `picks`, `deviations` and `end` of the run; and `outcome()`.
    """

    def __init__(self, program, strategy, limit, shard_index=0):
        self._program = program
        self._strategy = strategy
        self._limit = limit
        self._chance = Chance.of_seed(0, shard_index)
        self._tally = Tally()
        self._runs = 0
        self._probed_after = _PROBED_AFTER
        self._repeated_at = self._gap = 1
        self._merged = self._pruned = self._cut = 0
        self.differs = None
        self.is_done = False
        self.longest = self.tasks = 0
        self.sizes = Sizes()
        self._ended = getattr(strategy, "ended", None)
        if self._ended is not None:
            strategy.sees(program)

    def run(self, turns):
        """
        Makes a run at each turn, from time to time a repetition of it or a probe, until all was tried.

        :param turns: iterated over; ends where the search is to stop
        """
        program, strategy, limit, ended = self._program, self._strategy, self._limit, self._ended
        begin, go_on, outcome_of, add = program.begin, program.go_on, program.outcome, self._tally.add
        strategy_begin, counts, end, has_differed = strategy.begin, strategy.counts, strategy.end, strategy.has_differed
        if self.is_done:
            return
        for _ in turns:
            runs = self._runs
            if runs >= self._probed_after:
                self._probe()
                continue
            self._runs = runs = runs + 1
            prints = None if runs < self._repeated_at else []
            begin()
            if strategy_begin is not None:
                strategy_begin()
            given_up = go_on(strategy, limit, prints)
            picks = program.picks
            if program.tasks > self.tasks:
                self.tasks = max(self.tasks, max(picks, default=-1) + 1)
            if counts is not None and not counts():
                if has_differed is not None and has_differed():
                    self._differs_at(len(picks) + 1)
            elif given_up is None:
                if len(picks) > self.longest:
                    self.longest = len(picks)
                if program.end == CUT:
                    self._cut += 1
                outcome = outcome_of()
                add(outcome, program.deviations, picks)
                if ended is not None:
                    ended(outcome, program.end == CUT)
            elif given_up == MERGED:
                self._merge()
            else:
                self._pruned += 1
            if prints is not None and (given_up is None or given_up == MERGED):
                self._repeat(prints, given_up == MERGED)
            if end is not None and not end():
                self.is_done = True
                return

    def news(self):
        """What changed since the last call."""
        outcomes = self._tally.news()
        tried = sum([met["orders"] for met in outcomes])
        news = {"tried": tried, "merged": self._merged, "pruned": self._pruned, "cut": self._cut, "outcomes": outcomes}
        self._merged = self._pruned = self._cut = 0
        return news

    def _merge(self):
        """Counts all runs that begin like this one."""
        program = self._program
        for end in self._strategy.known:
            self._merged += end.orders
            if end.is_cut:
                self._cut += end.orders
            self._tally.add_known(end, program.deviations, program.picks)

    def _repeat(self, prints, goes_on):
        """Runs the last schedule again. Each time, more runs pass until the next repetition."""
        self._gap = min(2 * self._gap, _LONGEST_GAP)
        self._repeated_at = self._runs + self._gap
        program = self._program
        picks, was_cut = program.picks, program.end == CUT or goes_on
        again = []
        program.begin()
        program.go_on(Repetition(picks), len(picks), again)
        different = next((step for step, pair in enumerate(zip(prints, again)) if pair[0] != pair[1]), len(again))
        if different < len(picks) or (program.end == CUT) != was_cut:
            self._differs_at(different + 1)

    def _differs_at(self, step):
        self.differs = step if self.differs is None else min(self.differs, step)

    def _probe(self):
        """A random walk, of which only the numbers of choices count."""
        program, probe = self._program, Probe(self._chance)
        program.begin()
        program.go_on(probe, self._limit)
        self.sizes.add(min(probe.size, _LARGEST_SIZE))
        if not self.sizes.need_more():
            self._probed_after = _NEVER


class Probe(Strategy):
    """`size` is the product of the numbers of choices."""

    def __init__(self, chance):
        self._chance = chance
        self.size = 1

    def pick(self, ready, _last):
        self.size = min(self.size * len(ready), _LARGEST_SIZE)
        return self._chance.below(len(ready))


class Repetition(Strategy):
    """The picks of an earlier run. Gives up where a task is not ready."""

    asks_always = True

    def __init__(self, picks):
        self._picks = iter(picks)

    def pick(self, ready, _last):
        pick = next(self._picks)
        return ready.index(pick) if pick in ready else REDUNDANT
