"""Tasks that never end: with bare yields, with a lock, with sleeps."""
from cotasks import mutex, sleep

lock = mutex()


def turns():
    while True:
        yield


def locks():
    while True:
        with (yield lock.acquire()):
            pass
        yield


def naps(millis):
    while True:
        yield sleep(millis / 1000)
