"""The random numbers of a search, the same as those of `src/core/explore/chance.ts` for the same seed."""
from .xoroshiro import STREAM, after, blocks, jumped

_WORD = 0xFFFFFFFF


class Chance:
    def __init__(self, state):
        """
        :param state: two words of 64 bits
        """
        self._blocks = blocks(state)
        self._states, self._made, self._drawn = state, 0, []

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
        return (self._drawn or self._draw_on()).pop() * count >> 32

    def pick(self, ready, _last):
        """The position of a ready task, all equally likely."""
        return (self._drawn or self._draw_on()).pop() * len(ready) >> 32

    def draw(self):
        """A whole number from 0, below 2^32."""
        return (self._drawn or self._draw_on()).pop()

    def state(self):
        """The state as text."""
        left = len(self._drawn or self._draw_on())
        state = after(self._states, self._made - left)
        words = [word for long in state for word in (long >> 32, long & _WORD)]
        return " ".join(str(word - 2**32 if word >= 2**31 else word) for word in words)

    def _draw_on(self):
        """The next numbers, the first one last."""
        self._states, numbers = next(self._blocks)
        self._made = len(numbers)
        self._drawn = numbers[::-1]
        return self._drawn
