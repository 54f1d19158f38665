"""A pile for each worker. Nothing is shared, so nothing has to be locked, and nobody waits but the boss: it waits for the end of both
workers, and adds up what they return. Run until all are over: five are served."""
# @tasks boss()
from cotasks import join, spawn


def boss():
    """Starts two workers, and waits for both."""
    x = yield spawn(worker("x", ["a", "b"]))
    y = yield spawn(worker("y", ["c", "d", "e"]))
    return (yield join(x)) + (yield join(y))


def worker(name, pile):
    """Returns how many it served."""
    served = 0
    while pile:
        yield f"{name} serves {pile.pop()}"
        served += 1
    return served
