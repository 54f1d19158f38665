"""Two workers at one container, and no lock. Each looks at the last request, gives way while it serves it, and only then removes it and
counts. Run until all are over: both serve "c", and of four services two are counted. Now choose the policy "First come, first served":
x serves everything before y begins, and all three are counted. The bug is there in both runs; only the order hides it."""
# @tasks worker("x") worker("y")

container = ["a", "b", "c"]
served = 0


def worker(name):
    """Returns how many services are counted. Watch `served`."""
    global served
    while container:
        request = container[-1]
        before = served
        yield f"{name} serves {request}"
        if container:
            container.pop()
        served = before + 1
    return served
