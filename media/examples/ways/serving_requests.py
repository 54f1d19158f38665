# Ten requests in one pile, and two workers, in different ways of working. Click "Compare ways of working": each setup of this file in
# .vscode/yieldpoint.json runs in a process of its own, and the table says what each way costs, and what it loses.
# @tasks work(computing) work(computing)
# @threads work_rashly(wait) work_rashly(wait)
# @threads work_under_lock(wait) work_under_lock(wait)
# @processes work_pile(computing, [0, 1, 2, 3, 4]) work_pile(computing, [5, 6, 7, 8, 9])
import threading
import time

from cotasks import sleep

REQUESTS = 10
pile = list(range(REQUESTS))
done = []
lock = threading.Lock()


def compute(request):
    """A request that computes: a second worker does not make it faster, unless there is a second processor."""
    total = 0
    for number in range(150_000):
        total += number * request % 7
    return total


def wait(request):
    """A request that waits, as for a disk or another computer: meanwhile another worker can go on."""
    time.sleep(0.02)


def computing(request):
    """The first one for generators, which give way after each request."""
    yield compute(request)


def waiting(request):
    """The second one for generators: the task waits, not the interpreter."""
    yield sleep(0.02)


def work(serving):
    """A generator, which takes a request away before it serves it. Nobody comes between: a slice is atomic."""
    while pile:
        request = pile.pop()
        yield from serving(request)
        done.append(request)


def work_rashly(serve):
    """A function that looks at the last request, serves it, and only then takes it away: meanwhile the other thread looks at the same one."""
    while len(pile) > 0:
        request = pile[-1]
        serve(request)
        done.append(request)
        pile.pop()


def work_under_lock(serve):
    """The same under a lock: whoever has it serves a request and takes it away, while the other one waits."""
    while True:
        with lock:
            if len(pile) == 0:
                return
            request = pile[-1]
            serve(request)
            done.append(request)
            pile.pop()


def work_pile(serving, own):
    """Serves a pile of its own, in a process of its own: `pile` and `done` of the others are other ones."""
    for request in own:
        yield from serving(request)
        done.append(request)
