"""A generator need not yield at all: its first step is its last."""
# @tasks answer() for_each() three()


def answer():
    """Returns without a yield: the one below, which is never reached, makes a generator function of it."""
    return 42
    yield


def for_each(items=()):
    """Its loop has nothing to do, so the yield is never reached."""
    seen = 0
    for item in items:
        seen += 1
        yield item
    return seen


def three():
    """Takes three steps, to be compared with."""
    yield 1
    yield 2
    return "three steps"
