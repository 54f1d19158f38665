"""A bounded buffer between two tasks. Nobody locks anything: between two yields a task has the buffer to itself."""
# @tasks producer() consumer()
from collections import deque

capacity = 3
buffer = deque()


def producer():
    """Puts parcels into the buffer, and gives way whenever it is full."""
    for number in range(1, 7):
        while len(buffer) == capacity:
            yield "waits: the buffer is full"
        buffer.append(f"parcel {number}")
        yield f"made parcel {number}, {len(buffer)} in the buffer"
    return "all parcels made"


def consumer():
    """Takes six parcels out, and gives way whenever there is none."""
    taken = []
    while len(taken) < 6:
        if not buffer:
            yield "waits: the buffer is empty"
            continue
        parcel = buffer.popleft()
        taken.append(parcel)
        yield f"took {parcel}, {len(buffer)} in the buffer"
    return taken
