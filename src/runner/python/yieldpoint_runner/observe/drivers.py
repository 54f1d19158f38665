"""Who resumes the tasks of an observed program: the innermost frame of the user's files or, without one, of a library."""
import os
from array import array

from ..control import is_runner_code
from ..failures import is_user_file
from ..source.points import code_name

"""The wire numbers drivers by 32 bits at most; a program has far fewer places that resume something."""
_MOST = 65_535


class Drivers:
    """`by` has the number of the driver of each step that was not sent yet, 0 for none."""

    def __init__(self):
        self.by = array("H")
        self._numbers = {}
        self._places = {}
        self._users = {}
        self._fresh = []

    def number(self, frame):
        """The number of the driver, if a task was resumed by this frame."""
        known = self._places.get((id(frame.f_code), frame.f_lasti)) if frame is not None else None
        if known is not None and known[2]:
            return known[0]
        at = frame
        while at is not None and not is_runner_code(at.f_code):
            if self._is_user(at.f_code):
                return self._number_of(at)
            at = at.f_back
        return 0 if frame is None or is_runner_code(frame.f_code) else self._number_of(frame)

    def take_new(self):
        """The drivers that were numbered since the last call."""
        fresh, self._fresh = self._fresh, []
        return fresh

    def _is_user(self, code):
        known = self._users.get(id(code))
        if known is None:
            # The code object is kept alive, so that no other one gets the same id.
            known = self._users[id(code)] = (is_user_file(code.co_filename), code)
        return known[0]

    def _number_of(self, frame):
        code = frame.f_code
        key = (id(code), frame.f_lasti)
        known = self._places.get(key)
        if known is None:
            number = self._numbered(_path(code.co_filename), frame.f_lineno or 0, code_name(code))
            known = self._places[key] = (number, code, self._is_user(code))
        return known[0]

    def _numbered(self, file, line, function):
        place = (file, line, function)
        if place not in self._numbers and len(self._numbers) < _MOST:
            self._numbers[place] = len(self._numbers) + 1
            self._fresh.append({"file": file, "line": line, "function": function})
        return self._numbers.get(place, 0)


def _path(file):
    return file if file.startswith("<") else os.path.abspath(file)
