"""Several strategies in turn, a run each: see `src/core/explore/portfolio.ts`."""
from .strategy import OVER, Strategy


class Portfolio(Strategy):
    asks_always = True

    def __init__(self, members, turn=0):
        super().__init__()
        self._members = members
        self._turn = turn
        self._is_over = [member.position() == OVER for member in members]

    @classmethod
    def at(cls, position, member):
        """
        A portfolio at a position.

        :param member: makes the member with an index at its position
        """
        turn, *positions = position.split(";")
        return cls([member(index, each) for index, each in enumerate(positions)], int(turn))

    def begin(self):
        if self._member.begin is not None:
            self._member.begin()

    def pick(self, ready, last):
        member = self._member
        return 0 if len(ready) == 1 and not member.asks_always else member.pick(ready, last)

    def ran(self, task, touched):
        if self._member.ran is not None:
            self._member.ran(task, touched)

    def has_differed(self):
        has_differed = self._member.has_differed
        return has_differed is not None and has_differed()

    def counts(self):
        return self._member.counts is None or self._member.counts()

    def end(self):
        """The turn passes after a run that counts, so that it does not matter where in the search a new process began."""
        counts = self.counts()
        self._is_over[self._turn] = self._member.end is not None and not self._member.end()
        if not counts and not self._is_over[self._turn]:
            return True
        for _ in self._members:
            self._turn = (self._turn + 1) % len(self._members)
            if not self._is_over[self._turn]:
                return True
        return False

    def position(self):
        return ";".join([str(self._turn), *(member.position() for member in self._members)])

    @property
    def _member(self):
        return self._members[self._turn]
