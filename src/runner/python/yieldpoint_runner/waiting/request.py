"""The operations of requests, by the numbers that `src/core/waiting/request.ts` has for them."""

"""The first seven block a task until they are served; their numbers are those of the rows that say so."""
ACQUIRE, PUT, TAKE, EVENT, JOIN, SLEEP, PROMISE, ANY, ALL, SPAWN, HAND_OVER = range(11)


def is_wait(code):
    """Whether an operation waits, and so may be a part of `any` and `all`."""
    return type(code) is int and ACQUIRE <= code <= PROMISE
