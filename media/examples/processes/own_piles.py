"""A pile for each worker, and a process for each: they really work at the same time, and share nothing, not even the counter. Run, and look
at the timeline by time: the slices overlap. Each worker returns how many it has served."""
# @processes worker("x", ["a", "b"]) worker("y", ["c", "d", "e"])
import time

served = 0


def worker(name, pile):
    """Serves the requests of its pile. Each takes a while."""
    global served
    while pile:
        work(0.03)
        served += 1
        yield f"{name} serves {pile.pop()}"
    return served


def work(seconds):
    """Keeps the processor busy for so many seconds."""
    end = time.perf_counter() + seconds
    while time.perf_counter() < end:
        pass
