"""Two locks, taken in opposite order: a deadlock. Each task holds one fork and waits for the other, so neither can go on. The run rests
and says so; "Who waits for whom" draws the cycle. Go to step 1 and branch there with ann next: she eats, then bob does."""
# @tasks ann() bob()
from cotasks import mutex

fork1 = mutex("fork 1")
fork2 = mutex("fork 2")


def ann():
    """Takes fork 1, then fork 2."""
    with (yield fork1.acquire()):
        with (yield fork2.acquire()):
            return "ann has eaten"


def bob():
    """Takes fork 2, then fork 1."""
    with (yield fork2.acquire()):
        with (yield fork1.acquire()):
            return "bob has eaten"
