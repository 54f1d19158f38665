"""One worker, one queue, one bucket for what is done. Nothing is shared, so nothing goes wrong: every request is served once, in the
order of arrival. The worker waits while the queue is empty, and takes no steps meanwhile. Look at what it waits for after step 1."""
# @tasks worker() customers()
from cotasks import channel, closed

queue = channel(None, "queue")
done = []


def worker():
    """Serves the requests until the queue is closed and empty."""
    while (request := (yield queue.take())) is not closed:
        yield f"serves {request}"
        done.append(request)
    return done


def customers():
    """Five requests, and no more after that."""
    for request in ["a", "b", "c", "d", "e"]:
        yield queue.put(request)
    queue.close()
