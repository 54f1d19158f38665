"""What the program prints during a search: kept where it counts as part of the outcome, otherwise lost."""
import sys

_MOST = 64 * 1024


class Printed:
    """
    `is_used` says whether there is anything to do when a run begins, `is_wanted` whether what is printed matters. `count` is how often something was
    printed.
    """

    def __init__(self, output, is_kept):
        """
        :param is_kept: whether what is printed matters
        """
        self._output = output
        self._streams = sys.stdout, sys.stderr
        self._texts = []
        self._room = _MOST
        self.is_wanted = is_kept
        self.count = 0
        self.is_used = True
        self._is_kept = False

    def take_over(self):
        """From now on nothing that is printed goes to the session."""
        self._output.add = self._add
        self._output.print = self._print

    def begin(self):
        """A run begins, with the streams as they were."""
        self._is_kept = self.is_wanted
        self.is_used = self._is_kept
        if sys.stdout is not self._streams[0] or sys.stderr is not self._streams[1]:
            sys.stdout, sys.stderr = self._streams
        if self._texts:
            self._texts, self._room = [], _MOST

    def so_far(self):
        """What the run has printed, as far as it is kept."""
        return "".join(self._texts)

    def end(self):
        """What the run printed, shortened. What is printed after it is lost."""
        self._output.take_in()
        self._is_kept = False
        return "".join(self._texts)

    def _print(self, stream, text):
        self.is_used = True
        self.count += 1
        if self._is_kept:
            self._output.collect()
            self._add(stream, text)

    def _add(self, _stream, text, step=None, dropped=0):
        if self._is_kept and self._room > 0:
            kept = str.__getitem__(text, slice(self._room))
            self._texts.append(kept)
            self._room -= len(kept)
            if self._room == 0:
                self._texts.append("…")
