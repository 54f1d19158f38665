# Two locks, taken in opposite order. Run the threads until all have ended: in this order they wait for one another for ever.
# @threads ann() bob()
import threading

left = threading.Lock()
right = threading.Lock()


def ann():
    with left:
        with right:
            return "ann has eaten"


def bob():
    with right:
        with left:
            return "bob has eaten"
