"""What user code prints, attributed to the step that printed it. Of one step and stream a bounded part is kept, so that no
slice fills the memory, and what came after is counted."""
import codecs
import io
import os
import sys
import threading
from os import lseek

from .wire import lost

_MOST_PER_STEP = 64 * 1024
_MOST_PIECES = 200
_MOST_PENDING = 1024 * 1024
_MOST_IN_FILE = 16 * 1024 * 1024
_STREAMS = {"stdout": 1, "stderr": 2}


class _Piece:
    __slots__ = ("stream", "step", "texts", "dropped")

    def __init__(self, stream, step):
        self.stream, self.step, self.texts, self.dropped = stream, step, [], 0


class Output:
    """`lock` is held while a text is attributed: whoever changes what tells the step holds it, too."""

    def __init__(self, wire, control):
        self._wire = wire
        self._control = control
        self.lock = threading.RLock()
        self._pieces = []
        self._pending = 0
        self._step = -1
        self._kept = {}
        self._pieces_of_step = 0
        self._files = []
        self.is_muted = False

    def capture(self):
        """Takes over what Python prints, and the descriptors 1 and 2 below it. Returns the real stderr's descriptor."""
        for stream in _STREAMS:
            replacement = _TextStream(stream, self, self._control)
            setattr(sys, stream, replacement)
            setattr(sys, "__%s__" % stream, replacement)
        real = os.dup(2)
        if hasattr(os, "memfd_create"):
            self._files = [_DescriptorFile(stream, descriptor) for stream, descriptor in _STREAMS.items()]
        return real

    def add(self, stream, text, step=None, dropped=0):
        """Takes in a text that was printed in a step, the running one if none is named."""
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
        """Queues everything that was printed up to now on the wire."""
        with self.lock:
            pieces, self._pieces = self._pieces, []
            self._pending = 0
            self._pieces_of_step = 0
        for piece in pieces:
            event = {"event": "output", "stream": piece.stream, "step": piece.step, "text": "".join(piece.texts)}
            self._wire.say(dict(event, dropped=piece.dropped) if piece.dropped else event)

    def collect(self, step=None):
        """Takes in what was written to the descriptors 1 and 2 since the last call; quick where that is nothing."""
        try:
            for file in self._files:
                if lseek(file.descriptor, 0, os.SEEK_END) != file.end:
                    with self.lock:
                        file.read(lambda stream, text, dropped: self.add(stream, text, step, dropped))
        except OSError as error:
            lost(error)

    def settle(self, step):
        """
        After a stretch of steps: collects for the last of them. While the runner took control back, a thread of the user's may
        have printed as if one more had begun.
        """
        self.collect(step)
        with self.lock:
            for piece in self._pieces:
                piece.step = min(piece.step, step)

    def abandon(self):
        """In a forked child: the parent collects what is written to the descriptors."""
        self.lock = threading.RLock()
        self._pieces = []
        self.add = lambda stream, text, step=None, dropped=0: os.write(_STREAMS[stream], text.encode("utf-8", "replace"))

    def _begin(self, step):
        if step == self._step:
            return
        self._step = step
        self._kept = dict.fromkeys(_STREAMS, 0)
        self._pieces_of_step = 0

    def _piece(self, stream):
        """The piece to go on with; what switches between the streams too often is no longer kept in order."""
        for piece in reversed(self._pieces[-1:] if self._pieces_of_step < _MOST_PIECES else self._pieces[-_MOST_PIECES:]):
            if piece.stream == stream and piece.step == self._step:
                return piece
        piece = _Piece(stream, self._step)
        self._pieces.append(piece)
        self._pieces_of_step += 1
        return piece


class _DescriptorFile:
    """Stands in for the pipe behind a descriptor: what C code and child processes write there can be told from its length
    alone, at every step."""

    def __init__(self, stream, descriptor):
        import fcntl

        self.stream = stream
        self.end = 0
        self.descriptor = os.memfd_create(stream)
        fcntl.fcntl(self.descriptor, fcntl.F_SETFL, os.O_APPEND)
        os.dup2(self.descriptor, descriptor, inheritable=True)
        self._decoder = codecs.getincrementaldecoder("utf-8")("replace")

    def read(self, take):
        """Passes on what is new. Somebody who opened the file anew may have emptied it."""
        size = lseek(self.descriptor, 0, os.SEEK_END)
        start = self.end if self.end <= size else 0
        data = os.pread(self.descriptor, min(size - start, _MOST_PER_STEP), start)
        take(self.stream, self._decoder.decode(data), size - start - len(data))
        self.end = size
        if size > _MOST_IN_FILE:
            os.ftruncate(self.descriptor, 0)
            self.end = 0


class _TextStream(io.TextIOBase):
    """`sys.stdout` and `sys.stderr` of user code."""

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
        self._output.add(self._stream, text)
        self._control.raise_postponed()
        return str.__len__(text)

    def fileno(self):
        return _STREAMS[self._stream]

    def writable(self):
        return True

    def reconfigure(self, **_options):
        """There is nothing to choose: text crosses the wire as text."""

    def close(self):
        """Others print here too."""


class _ByteStream(io.BufferedIOBase):
    """What `sys.stdout.buffer` gives: bytes that join the text."""

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
        """Others print here too."""
