"""The random numbers of a search, the same as those of `src/core/explore/chance.ts` for the same seed."""
from .xoroshiro import STREAM, after, blocks, jumped

_WORD = 0xFFFFFFFF


class Chance:
    """`drawn` are numbers from 0, below 2^32, that were drawn ahead, the next one last."""

    def __init__(self, state):
        """
        :param state: two words of 64 bits
        """
        self._blocks = blocks(state)
        self._states, self._made, self.drawn = state, 0, []

    @classmethod
    def of_seed(cls, seed, stream):
        """
        :param stream: which of the streams of the seed, from 0
        """
        state = _WORD << 32 | ~seed & _WORD, (seed & _WORD) << 32
        for _ in range(stream + 1):
            state = jumped(state, STREAM)
        return cls(state)

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
        if not self.drawn:
            self._draw_on()
        return self.drawn.pop()

    def state(self):
        """The state as text."""
        if not self.drawn:
            self._draw_on()
        state = after(self._states, self._made - len(self.drawn))
        words = [word for long in state for word in (long >> 32, long & _WORD)]
        return " ".join(str(word - 2**32 if word >= 2**31 else word) for word in words)

    def _draw_on(self):
        """The next numbers, the first one last."""
        self._states, numbers = next(self._blocks)
        self._made = len(numbers)
        numbers.reverse()
        self.drawn += numbers
