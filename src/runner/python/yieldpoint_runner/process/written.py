"""Output that bypasses Python's printing functions: from C, from child processes, or by `os.write` to descriptors 1 and 2. A port
of src/protocol/writtenFile.ts, which explains the design."""
import codecs
import os
from os import lseek

from ..control import clock

STREAMS = {"stdout": 1, "stderr": 2}
"""A slice that is shorter than this, in seconds, cannot have written to a descriptor, on any machine."""
QUICK = 5e-7
_TRIES = 20
_SHARE = 0.75
_FROM = 2**30
_MOST_KEPT = 64 * 1024
_MOST_IN_FILE = 16 * 1024 * 1024


def written_file():
    """The file, if the session made both descriptors one file; otherwise None."""
    try:
        out, err = os.fstat(1), os.fstat(2)
        is_one = (out.st_dev, out.st_ino) == (err.st_dev, err.st_ino) and lseek(1, 0, os.SEEK_END) >= _FROM
    except OSError:
        return None
    return WrittenFile() if is_one else None


def _opened_anew(descriptor):
    """A descriptor with its own position. Seeking on one of the others to find the end would move their positions."""
    try:
        return os.open("/proc/self/fd/%d" % descriptor, os.O_RDWR)
    except OSError:
        return descriptor


class WrittenFile:
    """
    The file is read through separate descriptors, since user code may replace 1 and 2. `end` is the position up to which it was
    read.
    """

    def __init__(self):
        self.end = _FROM
        self._begin = _FROM
        self._low = None
        self._descriptors = {stream: os.dup(descriptor) for stream, descriptor in STREAMS.items()}
        self._descriptor = _opened_anew(self._descriptors["stdout"])
        self._positions = dict.fromkeys(STREAMS, 0)
        self._decoders = {stream: codecs.getincrementaldecoder("utf-8")("replace") for stream in STREAMS}

    def quick(self):
        """
        A slice that wrote to a descriptor takes longer than this, in seconds; most others do not. A write takes at least as long as a
        query of the file's end, which can be ten times slower in a container.
        """
        moments = []
        for _ in range(_TRIES):
            moments.append(clock())
            lseek(self._descriptor, 0, os.SEEK_END)
        return max(QUICK, min(after - before for before, after in zip(moments, moments[1:])) * _SHARE)

    def has_news(self):
        """Whether there may be new output. Fast, because it is called after slices."""
        return lseek(self._descriptor, 0, os.SEEK_END) != self.end or self._low is not None

    def collect(self, take, only=None):
        """Passes on what is new: its stream, its text, and the number of bytes that were left out. `only` is the stream, if known."""
        size = lseek(self._descriptor, 0, os.SEEK_END)
        if size < self.end:
            size = self._was_emptied(take)
        if self._low is not None:
            self._take_beginning(take)
        if size <= self.end:
            return
        for part in [(only, self.end, size)] if only else self._parts(size):
            self._take(take, *part)
        self.end = size
        if size - self._begin > _MOST_IN_FILE:
            os.ftruncate(self._descriptor, self._begin)
            self._go_on_from(size)

    def _was_emptied(self, take):
        """Handles truncation: a process opened the file by its name. Content that had not been read is lost, which is reported."""
        written = max([position for _, position in self._moved()], default=self.end)
        if written > self.end:
            take("stdout", "", written - self.end)
        self._low = 0
        self._go_on_from(written)
        return written

    def _go_on_from(self, place):
        """Turns the file into a hole up to a position. No position is ever reused, so later writes can be told from earlier ones."""
        os.ftruncate(self._descriptor, place)
        self.end = self._begin = place

    def _take_beginning(self, take):
        """Reads what was written at the beginning by a process that opened the file again. Its content has no null bytes."""
        data = os.pread(self._descriptor, _MOST_KEPT, self._low).rstrip(b"\0")
        if data:
            take("stdout", self._decoders["stdout"].decode(data), 0)
            self._low += len(data)

    def _parts(self, size):
        """Which stream wrote the bytes up to `size`: streams, with the beginning and end of each part."""
        moved = self._moved()
        if len(moved) < 2:
            return [(moved[0][0] if moved else "stdout", self.end, size)]
        (first, between), (second, _) = moved
        between = min(between, size)
        return [(first, self.end, between), (second, between, size)]

    def _moved(self):
        """The streams that were written to since the last call, with the end of their last write, in ascending order of position."""
        moved = []
        for stream, descriptor in self._descriptors.items():
            position = lseek(descriptor, 0, os.SEEK_CUR)
            if position != self._positions[stream] and position > self.end:
                moved.append((stream, position))
            self._positions[stream] = position
        return sorted(moved, key=lambda each: each[1])

    def _take(self, take, stream, start, end):
        data = os.pread(self._descriptor, min(end - start, _MOST_KEPT), start)
        take(stream, self._decoders[stream].decode(data), end - start - len(data))
