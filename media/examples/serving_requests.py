"""Five requests, served in four ways: by one worker from a queue, by workers that share a container and collide, by the same
workers with a mutex, and by workers with a pile each."""
# @tasks single_worker()
# @tasks sharing_worker("x") sharing_worker("y")
# @tasks locking_worker("x") locking_worker("y")
# @tasks pile_worker(["a", "b"]) pile_worker(["c", "d", "e"])

container = ["a", "b", "c", "d", "e"]
served = 0
locked = False


def single_worker():
    """One worker, one queue: nothing can go wrong, and nothing happens at the same time."""
    global served
    while container:
        request = container.pop(0)
        served += 1
        yield f"served {request}"
    return served


def sharing_worker(name="worker"):
    """Looks at the last request, gives way while it is served, and only then removes it and counts. Add two, and run until
    all are over: both serve "e", and of the six services only three are counted."""
    global served
    while container:
        request = container[-1]
        before = served
        yield f"{name} serves {request}"
        if container:
            container.pop()
        served = before + 1
    return served


def locking_worker(name="worker"):
    """The same under a mutex: every request is served once, and five are counted. While one serves, the other waits."""
    global served, locked
    while container:
        while locked:
            yield f"{name} waits"
        if not container:
            break
        locked = True
        before = served
        yield f"{name} serves {container[-1]}"
        container.pop()
        served = before + 1
        locked = False
    return served


def pile_worker(pile):
    """A pile of its own for each worker, as for a process: nothing is shared, so nothing has to be locked."""
    count = 0
    while pile:
        yield f"serves {pile.pop()}"
        count += 1
    return count
