"""
The generator xoroshiro128plus of pure-rand, many steps at a time. An operation on a long whole number takes Python hardly more time than one on
a short number: so states at many places of the stream lie side by side in two long numbers, and one step makes a random number for each place.

Since states are linear over GF(2), the state any number of steps ahead is the exclusive or of some of the next 128 states: H. Haramoto et al.,
Efficient Jump Ahead for F2-Linear Random Number Generators, INFORMS J. Comput. 20 (2008).
"""
from struct import unpack

_WORD, _LONG = 2**32 - 1, 2**64 - 1
"""The steps of a walk: as many as a state has bits."""
_STEPS = 128
_LANES = 32
"""The states of a walk that give the one after 2^64 steps, as bits: x to that power, modulo the characteristic polynomial of a step."""
STREAM = 0x170865DF4B3201FCDF900294D8F554A5
"""Those that give the one after the steps of all lanes."""
_ALL_LANES = 0xE3FBE606EF4E8E09C3865BB154E9BE10


class _Lanes:
    """So many states side by side, each of two words of 64 bits."""

    def __init__(self, count):
        self._count = count
        self._form = "<%dQ" % (count * _STEPS)
        ones = sum(1 << 64 * lane for lane in range(count))
        self._words = ones * _WORD
        self._low_24, self._high_40 = ones * (2**24 - 1), ones * (2**64 - 2**24)
        self._low_37, self._high_27 = ones * (2**37 - 1), ones * (2**64 - 2**37)
        self._high_48 = ones * (2**64 - 2**16)

    def step(self, one, other):
        """The states after a step."""
        mixed = one ^ other
        one = one << 24 & self._high_40 ^ one >> 40 & self._low_24 ^ mixed ^ mixed << 16 & self._high_48
        return one, mixed << 37 & self._high_27 ^ mixed >> 27 & self._low_37

    def walk(self, state, ahead=0):
        """The numbers that the next steps give, lane after lane; the states after these steps, and those at `ahead`."""
        one, other = state
        one_ahead = other_ahead = 0
        sums = []
        for step in range(_STEPS):
            sums.append(((one & self._words) + (other & self._words) & self._words).to_bytes(8 * self._count, "little"))
            if ahead >> step & 1:
                one_ahead ^= one
                other_ahead ^= other
            one, other = self.step(one, other)
        table, numbers = unpack(self._form, b"".join(sums)), []
        for lane in range(self._count):
            numbers += table[lane :: self._count]
        return numbers, (one, other), (one_ahead, other_ahead)


_ONE, _MANY = _Lanes(1), _Lanes(_LANES)


def jumped(state, ahead):
    """The state at `ahead`."""
    return _ONE.walk(state, ahead)[2]


def after(states, steps):
    """The state so many steps after the first of the states that `blocks` gave, in its block."""
    lane, steps = divmod(steps, _STEPS)
    one, other = (long >> 64 * lane & _LONG for long in states)
    for _ in range(steps):
        one, other = _ONE.step(one, other)
    return one, other


def blocks(state):
    """All numbers of the stream from a state on, block by block, with the states at which the walks of each block begin."""
    starts = []
    for _ in range(_LANES):
        starts.append(state)
        numbers, state, _ = _ONE.walk(state)
        yield starts[-1], numbers
    states = tuple(sum(start[word] << 64 * lane for lane, start in enumerate(starts)) for word in (0, 1))
    states = _MANY.walk(states, _ALL_LANES)[2]
    while True:
        numbers, _, ahead = _MANY.walk(states, _ALL_LANES)
        yield states, numbers
        states = ahead
