"""Divides the schedules of a search among shards that do not talk to each other: see `src/core/explore/portion.ts`."""

_PREFIXES_EACH = 64
_WORD = 0xFFFFFFFF


class Portion:
    """`is_foreign` says whether another shard does all that follows. `is_whole` where there is only one."""

    def __init__(self, index, of):
        self.is_whole = of == 1
        self._index = index
        self._of = of
        self._enough = 0 if of == 1 else _PREFIXES_EACH * of
        self.begin()

    def begin(self):
        """A run begins."""
        self._product = 1
        self._hash = 0
        self.is_foreign = False

    @property
    def is_decided(self):
        """Whether it is known who does what follows."""
        return self._product >= self._enough

    def chose(self, choice, of):
        """One of `of` possible choices was made."""
        if self._product >= self._enough:
            return
        self._product *= of
        self._hash = (self._hash ^ choice + 1) * 0x01000193 & _WORD
        self.is_foreign = self._product >= self._enough and not self.is_mine()

    def is_mine(self):
        """Whether the schedule that was made up to here belongs to this shard."""
        if self.is_whole:
            return True
        mixed = self._hash ^ self._hash >> 16
        mixed = mixed * 0x85EBCA6B & _WORD
        return (mixed ^ mixed >> 13) % self._of == self._index
