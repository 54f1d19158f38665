"""Streams that user code puts in place of `sys.stdout` and `sys.stderr`. Programs may wrap a text stream around their buffers or
descriptors, for example to use another encoding. It buffers what is printed, so it is flushed after the slice that printed it."""
import io
import os
import sys

from .written import STREAMS


class ReplacedStreams:
    """`own` are the streams that the runner installed."""

    def __init__(self, own):
        self._own = own
        self._bytes = {type(each.buffer) for each in own.values()}

    def flush(self):
        """
        Returns whether there are any. Fast if there are none. Only streams of the interpreter's own types are flushed, so that no user
        code runs.
        """
        if all(getattr(sys, stream, None) is own for stream, own in self._own.items()):
            return False
        return any([self._flush(getattr(sys, stream, None)) for stream in self._own])

    def _flush(self, stream):
        if type(stream) is not io.TextIOWrapper:
            return False
        try:
            buffer = stream.buffer
            if type(buffer) not in self._bytes and not (type(buffer) is io.BufferedWriter and _is_captured(buffer.fileno())):
                return False
            stream.flush()
        except (OSError, ValueError):
            return False
        return True


def _is_captured(descriptor):
    return any(os.path.samestat(os.fstat(descriptor), os.fstat(each)) for each in STREAMS.values())
