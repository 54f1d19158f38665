"""Calls of functions that are no tasks. Prints how many it makes in a second."""
from time import perf_counter

CALLS = 1_000_000


def add(one, other):
    return one + other


def run(count):
    total = 0
    for number in range(count):
        total = add(total, number)


run(CALLS // 10)
began = perf_counter()
run(CALLS)
print(CALLS / (perf_counter() - began))
