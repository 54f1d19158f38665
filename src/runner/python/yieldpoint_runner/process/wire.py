"""Frames of the wire. Requests come on fd 3, everything else is written to fd 4, until `claim` moves both to other descriptors. A
frame is a 4-byte little-endian length of the payload, a 1-byte kind and the payload. Kind 0 is a JSON message, kind 1 a chunk of
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

"""Programs that close a range of descriptors seldom reach this number. Every system allows this many descriptors."""
_OUT_OF_REACH = 200
"""How long the session has, in seconds, to end a process whose wire is closed and to report why."""
_LAST_MOMENTS = 5


def claim():
    """
    Moves the wire to other descriptors, because user code may close 3 and 4 and get its own files there. Processes that user code
    starts do not inherit the descriptors, because they would keep the wire open.
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
    """The picks of a plan: a list of numbers or, for many picks, little-endian 16-bit numbers in base64."""
    if not isinstance(picks, str):
        return array("H", picks)
    numbers = array("H", a2b_base64(picks))
    if sys.byteorder == "big":
        numbers.byteswap()
    return numbers


def die():
    """
    Ends this process when the session is gone. User code may be in an endless loop, so the process is ended by force, and so is
    everything that user code started, if this process leads a group.
    """
    if os.name == "posix":
        for process in [*_members(), -os.getpid()]:
            try:
                kill(process, signal.SIGKILL)
            except OSError:
                pass
    _exit(0)


def _members():
    """The other processes in the session that this process leads, in any group; empty if there is no /proc to list them."""
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
    """User code closed a descriptor of the wire. Waits for the session, which sees that, to report it and to end this process."""
    if error.errno != errno.EBADF:
        raise error
    threading.Event().wait(_LAST_MOMENTS)
    die()


class Wire:
    """The outgoing side of the wire. Frames are queued until `flush`, so that an answer and the data it refers to arrive together."""

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
        """Writes the queue. Blocks while the reader is slower."""
        with self._lock:
            queue, self._queue = self._queue, []
            if queue and self.is_open:
                self._write(b"".join(queue))

    def abandon(self):
        """Called in a forked child. The wire belongs to the parent."""
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
    """The requests as they arrive. Ends when the session closes the wire. A request that is not valid JSON is yielded as None,
    and one without a valid number has the number 0."""
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
    if type(message) is not dict:
        return None
    number = message.get("id")
    if type(number) is not int or number < 0:
        message["id"] = 0
    return message


def _exactly(count):
    pieces = []
    while count > 0:
        try:
            piece = read(REQUESTS, min(count, 1 << 20))
        except ConnectionError:
            # The session ended without reading the last answers.
            piece = b""
        except OSError as error:
            lost(error)
        if not piece:
            return None
        pieces.append(piece)
        count -= len(piece)
    return b"".join(pieces)
