"""The dining philosophers: five seats, five forks, and each needs two of them. All take the fork on their left first. In turn, each gets
one fork and waits for the next: a cycle of five. The orderly ones take the fork with the lower number first: that breaks the cycle, and
all five eat."""
# @tasks philosopher(1) philosopher(2) philosopher(3) philosopher(4) philosopher(5)
# @tasks orderly(1) orderly(2) orderly(3) orderly(4) orderly(5)
from cotasks import mutex

forks = [mutex(f"fork {number}") for number in range(1, 6)]


def philosopher(seat):
    """Takes the fork on the left, then the one on the right."""
    return (yield from dine(seat, forks[seat - 1], forks[seat % 5]))


def orderly(seat):
    """Takes the fork with the lower number, then the other one."""
    return (yield from dine(seat, forks[0 if seat == 5 else seat - 1], forks[4 if seat == 5 else seat]))


def dine(seat, one, other):
    with (yield one.acquire()):
        with (yield other.acquire()):
            yield "eats"
            return f"seat {seat} has eaten"
