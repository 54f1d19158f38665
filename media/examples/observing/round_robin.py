"""
A program with a scheduler of its own. "Step this program's context switches" above the last part runs it as it is, and stops at each switch.
"""
import random
import time


def counter():
    """Prints the seconds that have gone by, each once, and never returns."""
    start = time.monotonic()
    shown = -1
    while True:
        seconds = int(time.monotonic() - start)
        if seconds > shown:
            shown = seconds
            print(f"Elapsed: {seconds}")
        yield shown


def bogosort(unsorted):
    """Shuffles until chance has sorted the list, and returns it."""
    attempt = list(unsorted)
    while attempt != sorted(attempt):
        random.shuffle(attempt)
        yield attempt
    return attempt


def run_async(*tasks):
    """Resumes each task in turn until the first one returns."""
    turn = 0
    while True:
        for task in tasks:
            try:
                next(task)
            except StopIteration as end:
                return end.value
        turn += 1


if __name__ == "__main__":
    print("Sorted:", run_async(counter(), bogosort([3, 1, 4, 2])))
