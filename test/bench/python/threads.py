"""A function that shares a counter. Run by itself, it prints how many accesses to it are made in a second."""
from time import perf_counter

counter = 0
TIMES = 2_000_000


def count(times):
    global counter
    for _ in range(times):
        counter += 1
    return counter


if __name__ == "__main__":
    count(TIMES // 10)
    began = perf_counter()
    count(TIMES)
    print(2 * TIMES / (perf_counter() - began))
