"""All schedules depth first, or with a bound only those whose choices do not cost more: see `src/core/explore/allOrders.ts`."""
from math import inf

from .portion import Portion
from .strategy import OVER, REDUNDANT, Strategy


class Delays:
    """Passing over j ready tasks costs j."""

    def __init__(self, most):
        self.most = most

    def choices(self, ready, _last, left):
        """How many choices there are, with so much left."""
        return min(len(ready), left + 1)

    def position(self, choice, _ready, _last):
        """The position in `ready` that a choice stands for."""
        return choice

    def cost(self, choice, _ready, _last):
        return choice


class Preemptions(Delays):
    """It costs 1 that another task runs although the last one could go on. The first choice is to go on."""

    def choices(self, ready, last, left):
        return len(ready) if left > 0 or last not in ready else 1

    def position(self, choice, ready, last):
        going = ready.index(last) if last in ready else -1
        if choice == 0 and going >= 0:
            return going
        return choice - 1 if choice <= going else choice

    def cost(self, choice, ready, last):
        return 1 if choice > 0 and last in ready else 0


class AllOrders(Strategy):
    def __init__(self, bound, shard, position=""):
        super().__init__()
        self._bound = bound
        self._portion = Portion(*shard)
        self._is_over = position == OVER
        self._choices = [] if self._is_over or position == "" else [int(choice) for choice in position.split(" ")]
        self._allowed = [0] * len(self._choices)
        self._depth = 0
        self._left = bound.most
        if bound.most == inf and self._portion.is_whole:
            self.begin, self.pick, self._reached = self._without_bound()

    def begin(self):
        self._depth = 0
        self._left = self._bound.most
        self._portion.begin()

    def pick(self, ready, last):
        if self._portion.is_foreign or self._is_over:
            return REDUNDANT
        bound = self._bound
        allowed = bound.choices(ready, last, self._left)
        if allowed == 1:
            return bound.position(0, ready, last)
        choice = self._choice(allowed)
        if choice < 0:
            return choice
        self._depth += 1
        self._left -= bound.cost(choice, ready, last)
        self._portion.chose(choice, allowed)
        return bound.position(choice, ready, last)

    def _choice(self, allowed):
        """The choice at this depth; there is none if the run has gone another way."""
        depth, choices = self._depth, self._choices
        if depth == len(choices):
            choices.append(0)
            self._allowed.append(allowed)
            return 0
        choice = choices[depth]
        if self._allowed[depth] != allowed:
            if self._allowed[depth] != 0 or choice >= allowed:
                return REDUNDANT
            self._allowed[depth] = allowed
        return choice

    def _without_bound(self):
        """`begin`, `pick` and `_reached` without a bound and without shards, for the sake of speed."""
        choices, allowed = self._choices, self._allowed
        depth = 0

        def begin():
            nonlocal depth
            depth = 0

        def pick(ready, _last):
            nonlocal depth
            if depth == len(choices):
                if self._is_over:
                    return REDUNDANT
                choices.append(0)
                allowed.append(len(ready))
                depth += 1
                return 0
            choice = choices[depth]
            if allowed[depth] != len(ready):
                self._depth = depth
                choice = self._choice(len(ready))
                if choice < 0:
                    return choice
            depth += 1
            return choice

        def reached():
            return depth

        return begin, pick, reached

    def _reached(self):
        return self._depth

    def has_differed(self):
        """Whether choices that were made before were not reached."""
        return self._reached() < len(self._choices)

    def counts(self):
        return not self._is_over and not self.has_differed() and (self._portion.is_whole or self._portion.is_mine())

    def end(self):
        choices, allowed = self._choices, self._allowed
        if self.has_differed():
            del choices[self._reached() :], allowed[self._reached() :]
        while choices:
            choice = choices[-1] + 1
            if choice < allowed[-1]:
                choices[-1] = choice
                return True
            choices.pop()
            allowed.pop()
        self._is_over = True
        return False

    def position(self):
        return OVER if self._is_over else " ".join(map(str, self._choices))
