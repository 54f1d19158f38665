"""A strategy decides which schedule is tried next: see `src/core/explore/strategy.ts`."""

"""The strategy gives up a run: all that could follow is tried elsewhere, in another order of independent slices or by another shard."""
REDUNDANT = -1
"""The strategy knows all that can follow, since another run has come to the same state."""
MERGED = -2
"""The position after the last schedule."""
OVER = "done"


class Strategy:
    """
    What a strategy is unless it says otherwise. It has `pick` and, if it decides which schedule comes next, `position`; whatever else it does not want
    to be asked or told is None.
    """

    """Whether it is asked even where only one task is ready."""
    asks_always = False
    """
    Random numbers from 0, below 2^32, the next one last, where any ready task is picked, all equally likely. The loop uses them up itself, since a call
    of `pick` takes longer than the rest of it. Where there are none, `pick` is called.
    """
    drawn = ()
    """A run begins."""
    begin = None
    """A slice was made: its task, and what it touched."""
    ran = None
    """Whether a schedule that was to be tried again went another way. Some try none again."""
    has_differed = None
    """Whether the run counts. With some, all runs do."""
    counts = None
    """The run is over; gives whether there is another one to try. With some, there always is."""
    end = None

    def __init__(self):
        # Python finds what an object has itself faster than what its class has, and each run looks for these.
        self.asks_always, self.pick, self.ran = self.asks_always, self.pick, self.ran


class KnownEnd:
    """
    The schedules that go on from a state and have one outcome. `is_cut` says whether the limit of steps ends them. `picks` are the rest of the calmest of
    them, and `calm` its deviations, switches and steps: its first step may be a switch.
    """

    __slots__ = ("outcome", "is_cut", "orders", "calm", "picks")

    def __init__(self, outcome, is_cut, orders, calm, picks):
        self.outcome, self.is_cut, self.orders, self.calm, self.picks = outcome, is_cut, orders, calm, picks


def are_independent(one, other):
    """Whether two slices of different tasks may change places without any difference: neither writes what the other reads or writes."""
    if one.all or other.all:
        return _is_empty(one) or _is_empty(other)
    writes, others = one.writes, other.writes
    if writes and (not set(writes).isdisjoint(others) or not set(writes).isdisjoint(other.reads)):
        return False
    return not others or set(others).isdisjoint(one.reads)


def _is_empty(touched):
    return not touched.all and not touched.reads and not touched.writes


def switches_of(picks):
    """How often another task runs than in the step before."""
    return sum(map(int.__ne__, picks, picks[1:]))
