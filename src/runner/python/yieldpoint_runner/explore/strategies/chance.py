"""The random numbers of a search, the same as those of `src/core/explore/chance.ts` for the same seed: xoroshiro128plus of pure-rand."""

_WORD = 0xFFFFFFFF
_JUMPS = (3639956645, 3750757012, 1261568508, 386426335)


class Chance:
    def __init__(self, state):
        """
        :param state: two words of 64 bits
        """
        self._one, self._other = state

    @classmethod
    def of_seed(cls, seed, stream):
        """
        :param stream: which of the streams of the seed, from 0
        """
        chance = cls((_WORD << 32 | ~seed & _WORD, (seed & _WORD) << 32))
        for _ in range(stream + 1):
            chance._jump()
        return chance

    @classmethod
    def of_state(cls, text):
        """
        :param text: as `state` gave it
        """
        high, low, other_high, other_low = (int(word) & _WORD for word in text.split(" "))
        return cls((high << 32 | low, other_high << 32 | other_low))

    def below(self, count):
        """A whole number from 0, below `count`."""
        return self.draw() * count >> 32

    def draw(self):
        """A whole number from 0, below 2^32."""
        one, other = self._one, self._other
        mixed = one ^ other
        self._one = (one << 24 | one >> 40) & _64 ^ mixed ^ mixed << 16 & _64
        self._other = (mixed << 37 | mixed >> 27) & _64
        return one + other & _WORD

    def state(self):
        """The state as text."""
        words = (self._one >> 32, self._one & _WORD, self._other >> 32, self._other & _WORD)
        return " ".join(str(word - 2**32 if word >= 2**31 else word) for word in words)

    def _jump(self):
        one = other = 0
        for jump in _JUMPS:
            for bit in range(32):
                if jump >> bit & 1:
                    one ^= self._one
                    other ^= self._other
                self.draw()
        self._one, self._other = one, other


_64 = 0xFFFFFFFFFFFFFFFF
