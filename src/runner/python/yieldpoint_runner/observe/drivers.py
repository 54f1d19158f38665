"""Who resumes the tasks of an observed program: the innermost frame of the user's files or, without one, of a library."""
import os
from types import FunctionType, ModuleType

from ..control import is_runner_code
from ..failures import is_user_file
from ..source.points import code_name, position, variables_of

"""The wire numbers drivers by 32 bits at most; a program has far fewer places that resume something."""
_MOST = 65_535
"""A scheduler may resume its tasks from deep within a recursion."""
_MOST_FRAMES = 50
_DEFINITIONS = (FunctionType, ModuleType, type)


class Drivers:
    """Code objects are kept alive with their ids."""

    def __init__(self):
        self._numbers = {}
        self._lines = [None]
        self._places = {}
        self._users = {}
        self._fresh = []

    def number(self, frame):
        """The number of the driver, if a task was resumed by this frame; 0 for none."""
        users, at = self._users, frame
        while at is not None:
            code = at.f_code
            known = users.get(id(code)) or self._judged(code)
            if known[0]:
                # Below the runner's own frames there is nothing of the program.
                return self._number_of(at) if known[1] else self._outside(frame)
            at = at.f_back
        return self._outside(frame)

    def place(self, number):
        """The file and the line of a driver; None for none."""
        return self._lines[number]

    def is_user(self, code):
        """Whether code belongs to the user's files."""
        return (self._users.get(id(code)) or self._judged(code))[1]

    def frames(self, frame):
        """This frame and those that have called it, as far as they are of the user's files, the innermost one last, with their variables."""
        found = []
        while frame is not None and len(found) < _MOST_FRAMES:
            if self.is_user(frame.f_code):
                found.insert(0, (position(frame.f_code, frame.f_lineno or 0, frame.f_lasti), _variables(frame)))
            frame = frame.f_back
        return found

    def innermost(self, frame):
        """The innermost of this frame and those that have called it that is of the user's files; None for none."""
        while frame is not None and not self.is_user(frame.f_code):
            frame = frame.f_back
        return frame

    def take_new(self):
        """The drivers that were numbered since the last call."""
        fresh, self._fresh = self._fresh, []
        return fresh

    def _judged(self, code):
        """Whether a search for the driver ends at a frame of this code, and whether that is the driver."""
        is_user = not is_runner_code(code) and is_user_file(code.co_filename)
        known = self._users[id(code)] = (is_user or is_runner_code(code), is_user, code)
        return known

    def _outside(self, frame):
        return 0 if frame is None or is_runner_code(frame.f_code) else self._number_of(frame)

    def _number_of(self, frame):
        code = frame.f_code
        key = (id(code), frame.f_lasti)
        known = self._places.get(key)
        if known is None:
            number = self._numbered(path_of(code), frame.f_lineno or 0, code_name(code))
            known = self._places[key] = (number, code)
        return known[0]

    def _numbered(self, file, line, function):
        place = (file, line, function)
        if place not in self._numbers and len(self._numbers) < _MOST:
            self._numbers[place] = len(self._numbers) + 1
            self._lines.append((file, line))
            self._fresh.append({"file": file, "line": line, "function": function})
        return self._numbers.get(place, 0)


def path_of(code):
    """The file of a driver with this code."""
    file = code.co_filename
    return file if file.startswith("<") else os.path.abspath(file)


def _variables(frame):
    """Of a module, only what it computes: its definitions are no state of the scheduler."""
    if frame.f_code.co_name != "<module>":
        return variables_of(frame)
    return {name: item for name, item in frame.f_locals.items() if name[:2] != "__" and not issubclass(type(item), _DEFINITIONS)}
