"""
A strategy decides which schedule is tried next: see `src/core/explore/strategy.ts`. `asks_always`, `ran` and `has_differed` are attributes of
each; `ran` is None where a strategy does not want to know what slices touched, and `has_differed` where it tries no schedule again.
"""

"""The strategy gives up a run: all that could follow is tried elsewhere, in another order of independent slices or by another shard."""
REDUNDANT = -1
"""The position after the last schedule."""
OVER = "done"


def are_independent(one, other):
    """Whether two slices of different tasks may change places without any difference: neither writes what the other reads or writes."""
    if one.all or other.all:
        return _is_empty(one) or _is_empty(other)
    writes, others = one.writes, other.writes
    if writes and (not set(writes).isdisjoint(others) or not set(writes).isdisjoint(other.reads)):
        return False
    return not others or set(others).isdisjoint(one.reads)


def _is_empty(touched):
    return not touched.all and not touched.reads and not touched.writes
