"""Tasks that wait for one another, and for the time."""
from cotasks import channel, mutex, sleep

lock = mutex()
jobs = channel(1)


def locker():
    while True:
        with (yield lock.acquire()):
            yield


def producer():
    while True:
        yield jobs.put(1)


def consumer():
    while True:
        yield jobs.take()


def sleeper():
    while True:
        yield sleep(0.001)
