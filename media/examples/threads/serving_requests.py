# Five requests in one pile. Ordinary functions, run as threads: one may give way before every read and write of what the others can see.
# @threads serve("x") serve("y")
# @threads serve_safely("x") serve_safely("y")
# @threads serve_pile(["a", "b"]) serve_pile(["c", "d", "e"])
# @threads main()
import threading

pile = ["a", "b", "c", "d", "e"]
done = []
served = 0
lock = threading.Lock()


def serve(worker):
    """
    Looks at the last request, serves it, and only then takes it away. Explore the orders with the check `served == 5`: the last request is
    served twice, and `served += 1` loses an update between its read and its write.
    """
    global served
    while len(pile) > 0:
        request = pile[-1]
        done.append((worker, request))
        pile.pop()
        served += 1
    return served


def serve_safely(worker):
    """The same under a lock: in every order five requests are served, each once."""
    global served
    while True:
        with lock:
            if len(pile) == 0:
                return served
            done.append((worker, pile[-1]))
            pile.pop()
            served += 1


def serve_pile(own):
    """A pile for each worker: nothing is shared, so nothing needs a lock."""
    count = 0
    while len(own) > 0:
        own.pop()
        count += 1
    return count


def main():
    """Starts its threads itself: they become tasks."""
    workers = [threading.Thread(target=serve_safely, args=(name,), name=name) for name in ("x", "y")]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    return done
