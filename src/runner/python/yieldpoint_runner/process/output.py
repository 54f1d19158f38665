"""Captures what user code prints, and attributes it to a step. The amount that is kept for each step and stream is limited, so
that no slice can fill the memory. Characters beyond the limit are counted."""
import codecs
import io
import os
import sys
import threading
from functools import wraps

from ..control import bare_door
from .replaced import ReplacedStreams
from .wire import lost
from .written import QUICK, STREAMS, written_file

_MOST_PER_STEP = 64 * 1024
_MOST_PIECES = 200
_MOST_PENDING = 1024 * 1024


class _Piece:
    __slots__ = ("stream", "step", "texts", "dropped")

    def __init__(self, stream, step):
        self.stream, self.step, self.texts, self.dropped = stream, step, [], 0


class Output:
    """
    `lock` is held while text is attributed to a step. Code that changes the current step must hold it too. A slice that wrote to a
    descriptor takes longer than `quick`, in seconds.
    """

    def __init__(self, wire, control):
        self._wire = wire
        self._control = control
        self.lock = threading.RLock()
        self._pieces = []
        self._pending = 0
        self._step = -1
        self._kept = {}
        self._pieces_of_step = 0
        self._replaced = ReplacedStreams({})
        self._written = None
        self._told = 0
        self.quick = QUICK
        self.is_muted = False

    def capture(self):
        """Captures what Python prints, and descriptors 1 and 2 below it. Returns a descriptor of the real stderr."""
        for stream in STREAMS:
            replacement = _TextStream(stream, self, self._control)
            setattr(sys, stream, replacement)
            setattr(sys, "__%s__" % stream, replacement)
        self._replaced = ReplacedStreams({stream: getattr(sys, stream) for stream in STREAMS})
        self._written = written_file()
        if self._written is not None:
            os.write = _watched(os.write, self)
            self.quick = self._written.quick()
        return os.dup(2)

    def print(self, stream, text):
        """Adds text that Python prints, after everything that was written to the descriptors before."""
        self.collect()
        self.add(stream, text)

    def add(self, stream, text, step=None, dropped=0):
        """Adds text that was printed in a step; if none is given, in the current one."""
        if self.is_muted:
            return
        with self.lock:
            self._begin(self._control.step if step is None else step)
            room = max(0, _MOST_PER_STEP - self._kept[stream])
            piece = self._piece(stream)
            kept = str.__getitem__(text, slice(room))
            piece.texts.append(kept)
            piece.dropped += str.__len__(text) - len(kept) + dropped
            self._kept[stream] += len(kept)
            self._pending += len(kept) + 1
        if self._pending > _MOST_PENDING:
            self.send()
            self._wire.flush()

    def send(self):
        """Queues everything that was printed so far on the wire."""
        with self.lock:
            pieces, self._pieces = self._pieces, []
            self._pending = 0
            self._pieces_of_step = 0
        for piece in pieces:
            event = {"event": "output", "stream": piece.stream, "step": piece.step, "text": "".join(piece.texts)}
            self._wire.say(dict(event, dropped=piece.dropped) if piece.dropped else event)
        if self._written is not None and self._written.end != self._told:
            self._told = self._written.end
            self._wire.say({"event": "collected", "end": self._told})

    @property
    def collected(self):
        """Up to where everything that was written to the descriptors has been collected."""
        return self._written.end if self._written is not None else 0

    def collect(self, step=None, only=None):
        """
        Adds what was written to descriptors 1 and 2 since the last call. `only` is the stream, if known. Fast if there is nothing
        new.
        """
        written = self._written
        try:
            if written is not None and written.has_news():
                with self.lock:
                    written.collect(lambda stream, text, dropped: self.add(stream, text, step, dropped), only)
        except OSError as error:
            lost(error)

    def take_in(self, step=None):
        """
        Called after user code, while its output belongs to the last recorded step. Also collects what user code holds back in streams of
        its own. Returns whether it has such streams, which must then be flushed after every slice.
        """
        is_between_slices, self._control.is_between_slices = self._control.is_between_slices, True
        try:
            has_replaced = self._replaced.flush()
            self.collect(step)
        finally:
            self._control.is_between_slices = is_between_slices
        return has_replaced

    def settle(self, step):
        """
        Called after a stretch of steps. Collects for the last of them. While the runner took back control, a thread of the user may have
        printed as if another step had begun.
        """
        self.take_in(step)
        with self.lock:
            for piece in self._pieces:
                piece.step = min(piece.step, step)

    def abandon(self):
        """Called in a forked child, and at the end of the interpreter. Others collect what is written to the descriptors."""
        self.lock = threading.RLock()
        self._pieces = []
        self._written = None
        self.add = lambda stream, text, step=None, dropped=0: os.write(STREAMS[stream], text.encode("utf-8", "replace"))

    def rewind(self):
        """Numbers steps from 1 again, and resets the amount of output kept for each."""
        self._step = -1

    def _begin(self, step):
        if step == self._step:
            return
        self._step = step
        self._kept = dict.fromkeys(STREAMS, 0)
        self._pieces_of_step = 0

    def _piece(self, stream):
        """The piece to append to. If a step switches between the streams too often, the order is no longer preserved."""
        for piece in reversed(self._pieces[-1:] if self._pieces_of_step < _MOST_PIECES else self._pieces[-_MOST_PIECES:]):
            if piece.stream == stream and piece.step == self._step:
                return piece
        piece = _Piece(stream, self._step)
        self._pieces.append(piece)
        self._pieces_of_step += 1
        return piece


def _watched(write, output):
    """Wraps `os.write`, so that alternating writes to the two descriptors can be distinguished."""
    streams = {descriptor: stream for stream, descriptor in STREAMS.items()}

    @bare_door
    @wraps(write)
    def watched(fd, data, /):
        stream = streams.get(fd) if type(fd) is int else None
        if stream is None:
            return write(fd, data)
        output.collect()
        try:
            return write(fd, data)
        finally:
            output.collect(only=stream)

    return watched


class _TextStream(io.TextIOBase):
    """`sys.stdout` or `sys.stderr` of user code."""

    encoding = "utf-8"
    errors = "replace"
    mode = "w"
    line_buffering = True

    def __init__(self, stream, output, control):
        self.name = "<%s>" % stream
        self.buffer = _ByteStream(self)
        self._stream = stream
        self._output = output
        self._control = control

    def write(self, text):
        if not issubclass(type(text), str):
            raise TypeError("write() argument must be str, not %s" % type(text).__name__)
        self._output.print(self._stream, text)
        self._control.raise_postponed()
        return str.__len__(text)

    def fileno(self):
        return STREAMS[self._stream]

    def writable(self):
        return True

    def detach(self):
        """Programs that print in another encoding wrap a stream around the result. This stream must remain usable too."""
        return self.buffer

    def reconfigure(self, **_options):
        """Has no effect: text crosses the wire as text."""

    def close(self):
        """Has no effect: others print to this stream too."""


class _ByteStream(io.BufferedIOBase):
    """`sys.stdout.buffer`: bytes that are added to the text."""

    def __init__(self, text):
        self._text = text
        self._decoder = codecs.getincrementaldecoder("utf-8")("replace")
        self.raw = self

    def write(self, data):
        data = bytes(data)
        self._text.write(self._decoder.decode(data))
        return len(data)

    def fileno(self):
        return self._text.fileno()

    def writable(self):
        return True

    def close(self):
        """Has no effect: others print to this stream too."""
