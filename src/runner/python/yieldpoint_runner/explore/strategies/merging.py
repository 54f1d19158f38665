"""All schedules depth first, but of those that come to the same state only one is tried on: see `src/core/explore/merging.ts`."""
from .portion import Portion
from .strategy import MERGED, OVER, REDUNDANT, KnownEnd, Strategy, switches_of

_MOST_STATES = 100_000
_MOST_BYTES = 64 * 1024 * 1024
"""About so many are an outcome of a state, and a step of its calmest schedule."""
_BYTES_OF_END, _BYTES_OF_STEP = 100, 8


class _Choice:
    """
    A choice that is under way: the position that is tried, of `allowed`, which is 0 while it is unknown. `state` is the one before it, None if it is not
    to be remembered; `calm` tells how the schedule has come here; `ends` are what has come of it so far, by outcome.
    """

    __slots__ = ("position", "allowed", "state", "calm", "ends")

    def __init__(self, position, allowed, state):
        self.position, self.allowed, self.state = position, allowed, state
        self.calm = (0, 0, 0)
        self.ends = {}


class Merging(Strategy):
    """`known` is what can come of the state at which `pick` gave MERGED."""

    def __init__(self, shard, position=""):
        super().__init__()
        self._portion = Portion(*shard)
        self._known = {}
        self._bytes = 0
        self._program = None
        self._is_over = position == OVER
        positions = [] if self._is_over or position == "" else position.split(" ")
        # What was tried of them before is not known here.
        self._choices = [_Choice(int(each), 0, None) for each in positions]
        self._depth = 0
        self._deviations = 0
        self.known = ()

    def sees(self, program):
        """
        Called once, before the first run.

        :param program: has the `picks` of the run, and `whole_state()`, all that decides what can still come of it; None if it cannot wholly be seen
        """
        self._program = program

    def begin(self):
        self._depth = 0
        self._deviations = 0
        self._portion.begin()

    def pick(self, ready, last):
        if self._portion.is_foreign or self._is_over:
            return REDUNDANT
        allowed = len(ready)
        if self._depth == len(self._choices) and not self._begins_choice(ready, last):
            return MERGED
        choice = self._choices[self._depth]
        if choice.allowed != allowed:
            if choice.allowed != 0 or choice.position >= allowed:
                return REDUNDANT
            choice.allowed = allowed
        choice.calm = self._calm()
        self._depth += 1
        self._deviations += choice.position
        self._portion.chose(choice.position, allowed)
        return choice.position

    def ended(self, outcome, is_cut):
        """Called when a run that counts has ended, before `end`."""
        self._add(KnownEnd(outcome, is_cut, 1, (0, 0, 0), ()), self._calm())

    def has_differed(self):
        return self._depth < len(self._choices)

    def counts(self):
        return not self._is_over and not self.has_differed() and self._portion.is_mine()

    def end(self):
        choices = self._choices
        if self.has_differed():
            del choices[self._depth :]
            # Not all that comes of them was counted.
            for choice in choices:
                choice.state = None
        elif self.known:
            calm = self._calm()
            for end in self.known:
                self._add(end, calm)
        self.known = ()
        while choices:
            choice = choices[-1]
            choice.position += 1
            if choice.position < choice.allowed:
                return True
            choices.pop()
            self._close(choice)
        self._is_over = True
        return False

    def position(self):
        return OVER if self._is_over else " ".join(str(choice.position) for choice in self._choices)

    def _calm(self):
        picks = self._program.picks
        return self._deviations, switches_of(picks), len(picks)

    def _begins_choice(self, ready, last):
        """Says whether there is something to try: not all that comes of the state is known."""
        # As long as another shard may do a part of what follows, not all of it will be known here.
        state = self._program.whole_state() if self._portion.is_decided else None
        whole = None if state is None else "%d %d %s %s" % (len(self._program.picks), last, ",".join(map(str, ready)), state)
        ends = None if whole is None else self._known.get(whole)
        if ends is not None:
            self.known = ends
            return False
        self._choices.append(_Choice(0, len(ready), whole))
        return True

    def _close(self, choice):
        """All positions of a choice were tried."""
        ends, state = list(choice.ends.values()), choice.state
        if state is not None and len(self._known) < _MOST_STATES:
            size = len(state) + sum(_BYTES_OF_END + _BYTES_OF_STEP * len(end.picks) for end in ends)
            if self._bytes + size <= _MOST_BYTES:
                self._known[state] = ends
                self._bytes += size
        for end in ends:
            self._add(end, choice.calm)

    def _add(self, end, calm):
        """Adds what comes of a point of the schedule to what comes of the choice before it."""
        if not self._choices:
            return
        choice = self._choices[-1]
        total = tuple(at - begun + more for at, begun, more in zip(calm, choice.calm, end.calm))
        known = choice.ends.get(end.outcome)
        orders = end.orders if known is None else known.orders + end.orders
        if known is not None and total >= known.calm:
            choice.ends[end.outcome] = KnownEnd(end.outcome, end.is_cut, orders, known.calm, known.picks)
            return
        picks = (*self._program.picks[choice.calm[2] : calm[2]], *end.picks)
        choice.ends[end.outcome] = KnownEnd(end.outcome, end.is_cut, orders, total, picks)
