"""Two workers at one container again, now with a lock around what belongs together. Every request is served once, and all three are
counted, in whatever order the tasks run. The price is waiting: while one serves, the other is blocked. The lock goes to who asked first."""
# @tasks worker("x") worker("y")
from cotasks import mutex

lock = mutex("lock")
container = ["a", "b", "c"]
served = 0


def worker(name):
    """Returns how many services are counted."""
    global served
    while True:
        with (yield lock.acquire()):
            if not container:
                return served
            request = container[-1]
            before = served
            yield f"{name} serves {request}"
            container.pop()
            served = before + 1
