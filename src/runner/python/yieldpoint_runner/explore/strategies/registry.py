"""How a strategy is made from its text, which the session has checked: see `src/core/explore/registry.ts`."""
from math import inf

from .all_orders import AllOrders, Delays, Preemptions
from .chance import Chance
from .merging import Merging
from .pct import Pct
from .portfolio import Portfolio
from .pos import Pos
from .random_walk import RandomWalk
from .sleep_sets import SleepSets
from .urw import Urw

_FEW_DELAYS = _FEW_PREEMPTIONS = 2
_DEPTH = 3


def parsed(text):
    """The name of a strategy, and its parameters."""
    name, _, parameters = text.partition(":")
    pairs = [pair.partition("=") for pair in parameters.split(",") if pair]
    return name, {key: int(value) for key, _, value in pairs}


def tracks_slices(text):
    """Whether a strategy needs to know what slices touch."""
    name, values = parsed(text)
    return name == "pos" or name == "exhaustive" and values.get("reduce") == 1


def merges_states(text):
    """Whether a strategy looks at the states that orders come to."""
    return parsed(text)[0] == "merging"


def make_strategy(text, shard=(0, 1), position=None):
    """
    :param shard: the part of the search, and of how many
    :param position: where to go on, as the strategy's `position` gave it; None at the beginning
    :raises ValueError: where there is no such strategy
    """
    name, values = parsed(text)
    if name not in _MAKERS:
        raise ValueError("There is no strategy %s." % name)
    return _MAKERS[name](values, shard, position)


def _exhaustive(values, shard, position):
    return SleepSets(shard, position or "") if values.get("reduce") == 1 else AllOrders(Delays(inf), shard, position or "")


def _delays(values, shard, position):
    return AllOrders(Delays(values.get("d", _FEW_DELAYS)), shard, position or "")


def _preemptions(values, shard, position):
    return AllOrders(Preemptions(values.get("n", _FEW_PREEMPTIONS)), shard, position or "")


def _pct(values, shard, position):
    return _pct_at(values.get("depth", _DEPTH), position, lambda state=None: _chance(values, shard, state))


def _portfolio(values, shard, position):
    """Every member of every shard draws from a stream of its own."""

    def make(index, at):
        return _MEMBERS[index](lambda state=at: _chance(values, shard, state, index), shard, at)

    if position is not None:
        return Portfolio.at(position, make)
    return Portfolio([make(index, None) for index in range(len(_MEMBERS))])


def _pct_at(depth, position, chance):
    return Pct(depth, chance()) if position is None else Pct.at(position, depth, chance)


def _chance(values, shard, state, member=0):
    """
    :param member: which of the streams of a shard
    """
    index, of = shard
    return Chance.of_seed(values.get("seed", 0), index + member * of) if state is None else Chance.of_state(state)


_MAKERS = {
    "exhaustive": _exhaustive,
    "merging": lambda _values, shard, position: Merging(shard, position or ""),
    "delays": _delays,
    "preemptions": _preemptions,
    "random": lambda values, shard, position: RandomWalk(_chance(values, shard, position)),
    "pct": _pct,
    "urw": lambda values, shard, position: Urw(_chance(values, shard, position)),
    "pos": lambda values, shard, position: Pos(_chance(values, shard, position)),
    "portfolio": _portfolio,
}

"""The members of a portfolio. Round-robin comes first, as the schedule without a deviation."""
_MEMBERS = (
    lambda _chance, shard, position: AllOrders(Delays(_FEW_DELAYS), shard, position or ""),
    lambda chance, _shard, _position: RandomWalk(chance()),
    lambda chance, _shard, position: _pct_at(_DEPTH, position, chance),
    lambda chance, _shard, _position: Urw(chance()),
)
