"""The operations of requests, with the numbers from `src/core/waiting/request.ts`."""

"""The first seven block a task until they are served. Each of them has the number of its block row."""
ACQUIRE, PUT, TAKE, EVENT, JOIN, SLEEP, PROMISE, ANY, ALL, SPAWN, HAND_OVER = range(11)


def is_wait(code):
    """Whether an operation waits and may therefore be a part of `any` and `all`."""
    return type(code) is int and ACQUIRE <= code <= PROMISE
