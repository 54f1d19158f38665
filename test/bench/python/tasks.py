"""The two tasks that are switched, bare and under the runner alike."""


def idler():
    while True:
        yield


def ticker():
    n = 0
    while True:
        yield n & 7
        n += 1
