"""What the slice that runs has read and written so far."""

"""Places that are no variables or attributes."""
ELEMENTS, ITERATORS, OUTPUT, SCHEDULER, RANDOM, CACHES, INVARIANT = "[]", "next()", "output", "scheduler", "random", "cache", "invariant"
"""Every slice reads it, since time passes with it; who looks at the time writes it."""
CLOCK = "clock"
_MOST_OPAQUE = 20


class Touched:
    """As `src/core/explore/touched.ts` has it."""

    __slots__ = ("reads", "writes", "all")

    def __init__(self, reads, writes, all):
        self.reads = reads
        self.writes = writes
        self.all = all


class Marks:
    """
    `names` are the places by their numbers. `counts_output` says whether it matters what is printed. `opaque` are the calls that could not be seen into, each once. Once `is_blind`, every slice may have
    touched everything, since the program has got hold of its variables in another way.
    """

    def __init__(self):
        self.names = []
        self.opaque = {}
        self.reads = set()
        self.writes = set()
        self.is_all = False
        self.is_blind = False
        self.counts_output = True
        self._numbers = {}
        self.clock = self.place(CLOCK)
        self.scheduler = self.place(SCHEDULER)

    def place(self, name):
        """The number of a place."""
        number = self._numbers.get(name)
        if number is None:
            number = self._numbers[name] = len(self.names)
            self.names.append(name)
        return number

    def begin(self):
        """A run begins."""
        self.is_blind = False
        self.forget()

    def forget(self):
        """A slice begins."""
        self.reads.clear()
        self.reads.add(self.clock)
        self.writes.clear()
        self.is_all = False

    def taken(self):
        """What the slice that is over has touched; the next one begins."""
        touched = Touched(sorted(self.reads.difference(self.writes)), sorted(self.writes), self.is_all or self.is_blind)
        self.forget()
        return touched

    def cannot_see(self, what):
        """Something was called that may touch everything."""
        self.is_all = True
        if len(self.opaque) < _MOST_OPAQUE:
            self.opaque[what] = True

    def go_blind(self, what):
        """From now on everything may be touched unseen."""
        self.cannot_see(what)
        self.is_blind = True
