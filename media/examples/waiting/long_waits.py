"""Long waits beside work for the processor. The work is done in a few steps; both downloads take an hour, and wait for most of it. The
waits pass side by side: an hour, not two. In virtual time the hour passes in a moment, and the same way every time. Without it, pass a
shorter wait, as in `download("news", 0.5)`."""
# @tasks download("news") download("films") primes(50)
from cotasks import now, sleep

minute = 60


def download(name, wait=20 * minute):
    """Waits for three parts. `wait` is how long each takes, in seconds."""
    begin = now()
    for part in range(1, 4):
        yield sleep(wait)
        yield f"{name}: part {part}"
    return f"{name} after {round((now() - begin) / minute)} minutes"


def primes(last):
    """Never waits: one step for each prime."""
    count = 0
    for number in range(2, last + 1):
        if not has_divisor(number):
            count += 1
            yield number
    return count


def has_divisor(number):
    return any(number % divisor == 0 for divisor in range(2, int(number**0.5) + 1))
