"""Two tasks that have nothing to do with each other, and still run "at the same time": each gives way at its `yield`."""
# @tasks counter() bogosort([3, 1, 2])
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
        yield


def bogosort(unsorted):
    """Shuffles until chance has sorted the list, and returns it. Ten numbers take about 3.6 million tries."""
    attempt = list(unsorted)
    tries = 0
    while not is_sorted(attempt):
        random.shuffle(attempt)
        tries += 1
        yield
    return attempt


def random_numbers(count):
    """So many different whole numbers in random order: `bogosort(random_numbers(5))`."""
    return random.sample(range(1, count + 1), count)


def is_sorted(numbers):
    return all(one <= other for one, other in zip(numbers, numbers[1:]))


if __name__ == "__main__":
    print("This part runs when the file is run as a script, and not when its functions are run as tasks.")
