"""The bare loop: two generators in turn, nothing recorded. Prints how many switches it makes in a second."""
from itertools import cycle, islice
from time import perf_counter

from tasks import idler, ticker

SWITCHES = 5_000_000


def run(tasks, count):
    for task in islice(cycle(tasks), count):
        next(task)


both = [idler(), ticker()]
run(both, SWITCHES // 10)
began = perf_counter()
run(both, SWITCHES)
print(SWITCHES / (perf_counter() - began))
