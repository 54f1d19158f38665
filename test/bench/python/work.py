"""Slices that keep the processor busy, each with the same work."""


def busy(slices):
    total = 0
    for _ in range(slices):
        for at in range(40_000):
            total += at
        yield total
    return total
