"""Frames: requests come on fd 3, everything else goes out on fd 4, under other numbers once they are claimed. A frame is a
4-byte little-endian length of the payload, a 1-byte kind and the payload: kind 0 is a message of JSON, kind 1 a chunk of
steps, kind 2 rows of the wait log."""
import errno
import os
import signal
import struct
import sys
import threading
from array import array
from binascii import a2b_base64
from json import dumps, loads
from os import _exit, kill, read, write

REQUESTS, ANSWERS = 3, 4
MESSAGE, STEPS, WAITS = 0, 1, 2
HEADER = struct.Struct("<IB")
LONGEST = 256 * 1024 * 1024

"""Descriptors from here on are seldom reached by programs that close a range of them; every system allows so many."""
_OUT_OF_REACH = 200
"""Seconds in which the session can say why it ends a process that cannot be heard."""
_LAST_MOMENTS = 5


def claim():
    """
    Takes the wire out of the reach of user code, which may close 3 and 4 and get its own files there, and keeps it from the
    processes that user code starts, which would hold it open.
    """
    global REQUESTS, ANSWERS
    REQUESTS, ANSWERS = _claimed(REQUESTS), _claimed(ANSWERS)


def _claimed(descriptor):
    if os.name != "posix":
        os.set_inheritable(descriptor, False)
        return descriptor
    from fcntl import F_DUPFD_CLOEXEC, fcntl

    moved = fcntl(descriptor, F_DUPFD_CLOEXEC, _OUT_OF_REACH)
    nothing = os.open(os.devnull, os.O_RDWR)
    os.dup2(nothing, descriptor, inheritable=False)
    os.close(nothing)
    os.set_blocking(moved, True)
    return moved


def column(picks):
    """The picks of a plan: a list of numbers, or, where they are many, a little-endian column of 16-bit numbers in base64."""
    if not isinstance(picks, str):
        return array("H", picks)
    numbers = array("H", a2b_base64(picks))
    if sys.byteorder == "big":
        numbers.byteswap()
    return numbers


def die():
    """
    The session is gone. User code may be in an endless loop, so nothing gentler would do. What user code started ends too,
    where this process leads a group.
    """
    if os.name == "posix":
        for process in [*_members(), -os.getpid()]:
            try:
                kill(process, signal.SIGKILL)
            except OSError:
                pass
    _exit(0)


def _members():
    """The other processes of the session that this one leads, in groups of their own too; none where /proc does not list them."""
    try:
        numbers = [int(name) for name in os.listdir("/proc") if name.isdigit()]
    except OSError:
        return []
    return [number for number in numbers if number != os.getpid() and _session(number) == os.getpid()]


def _session(process):
    try:
        return os.getsid(process)
    except OSError:
        return None


def lost(error):
    """User code closed a descriptor of the runner's nevertheless. The session sees that and says so, if this process does not end before."""
    if error.errno != errno.EBADF:
        raise error
    threading.Event().wait(_LAST_MOMENTS)
    die()


class Wire:
    """The way out. Frames wait until `flush`, so that an answer and what belongs to it arrive together."""

    def __init__(self):
        self._lock = threading.RLock()
        self._queue = []
        self.is_open = True

    def say(self, message):
        """Queues a message."""
        self._frame(MESSAGE, dumps(message).encode("ascii"))

    def steps(self, payload):
        """Queues a chunk of steps."""
        self._frame(STEPS, payload)

    def waits(self, payload):
        """Queues rows of the wait log."""
        self._frame(WAITS, payload)

    def flush(self):
        """Writes what is queued; waits while the reader is slower."""
        with self._lock:
            queue, self._queue = self._queue, []
            if queue and self.is_open:
                self._write(b"".join(queue))

    def abandon(self):
        """In a forked child: the wire belongs to the parent."""
        self.is_open = False
        self._lock = threading.RLock()
        os.close(REQUESTS)
        os.close(ANSWERS)

    def _frame(self, kind, payload):
        with self._lock:
            self._queue.append(HEADER.pack(len(payload), kind) + payload)

    def _write(self, data):
        rest = memoryview(data)
        try:
            while rest:
                rest = rest[write(ANSWERS, rest) :]
        except ConnectionError:
            die()
        except OSError as error:
            lost(error)


def requests():
    """The requests as they come; ends when the session closes the wire. What is no JSON comes as None."""
    while True:
        header = _exactly(HEADER.size)
        length, kind = HEADER.unpack(header) if header else (0, MESSAGE)
        if not header or length > LONGEST:
            return
        payload = _exactly(length)
        if payload is None:
            return
        yield _message(payload) if kind == MESSAGE else None


def _message(payload):
    try:
        message = loads(payload)
    except ValueError:
        return None
    return message if type(message) is dict else None


def _exactly(count):
    pieces = []
    while count > 0:
        try:
            piece = read(REQUESTS, min(count, 1 << 20))
        except ConnectionError:
            # The session went away without reading the last answers.
            piece = b""
        except OSError as error:
            lost(error)
        if not piece:
            return None
        pieces.append(piece)
        count -= len(piece)
    return b"".join(pieces)
