"""Yield points: the source positions at which generators are suspended, as numbers that stay the same for the whole session. Every
code object has a table from instruction to number, so that a step needs only one look-up."""
import os
import re
import sys
from itertools import islice
from sys import gettrace
from types import GeneratorType

from . import sourcelines
from .names import function_name
from .suspension import code_of, frame_of, is_created, is_in_thread, suspended, waited_for
from .yields import has_one_yield, place_of_yield

_MOST = 65_535
_DEF = re.compile(r"\s*(?:async\s+)?def\b")
"""Whether code objects contain the positions of all instructions."""
_says_places = sys.version_info >= (3, 12)
"""The flag of the code of functions, whose variables are in no dict."""
_OPTIMIZED = 0x1
_are_kept = False
_DELEGATION = re.compile(r"\byield\s*(?:from\b|\\\s*$)")


def place(generator):
    """Where a generator is suspended, counted from 1; before it is resumed, at its `def`. None if there is no source file."""
    frame = frame_of(generator)
    code = frame.f_code
    if code.co_filename.startswith("<"):
        return None
    if is_in_thread(generator):
        return position(code, frame.f_lineno, frame.f_lasti)
    function = function_name(generator)
    return beginning(code, function) if is_created(generator) else suspension(frame, function)


def suspension(frame, function):
    """Where the frame of a generator, whose function is named, is suspended or about to be. None if there is no source file."""
    code = frame.f_code
    if code.co_filename.startswith("<"):
        return None
    line, column = _position(frame)
    return {"file": os.path.abspath(code.co_filename), "line": line, "column": column, "function": function}


def beginning(code, function):
    """Where the function of a generator that was never resumed is defined. None if there is no source file."""
    if code.co_filename.startswith("<"):
        return None
    line, column = _definition(code)
    return {"file": os.path.abspath(code.co_filename), "line": line, "column": column, "function": function}


def beginning_of(iterator):
    """Where the function of a thread that was never resumed is defined; None for everything else, and if it is not known."""
    code = code_of(iterator) if is_in_thread(iterator) else None
    return None if code is None else beginning(code, code_name(code))


def delegates(file, line):
    """Whether a `yield from` may begin on a line of a source. Comments and strings that contain one count too."""
    return _DELEGATION.search(sourcelines.line(file, line)) is not None


def keep_locals():
    """From now on, other threads have trace functions, from whose dicts the interpreter takes the variables back."""
    global _are_kept
    _are_kept = True


def variables(generator):
    """The variables of a suspended generator."""
    return variables_of(frame_of(generator))


def variables_of(frame):
    """The variables of a frame."""
    given = frame.f_locals
    found = {name: item for name, item in given.items() if not name.startswith(".")}
    _let_go(frame, given)
    return found


def variable_of(frame, name):
    """One of these variables, or None. Quicker than all of them."""
    given = frame.f_locals
    found = given.get(name)
    _let_go(frame, given)
    return found


def _let_go(frame, given):
    """
    Before 3.13, the frame of a function keeps the copy that it has given of its variables, and with it all values, alive. After a trace
    function, the interpreter takes the variables back from the copy. A module or a class gives its variables themselves.
    """
    if type(given) is dict and frame.f_code.co_flags & _OPTIMIZED and not _are_kept and gettrace() is None:
        given.clear()


def namespace(generator):
    """
    The scope of an expression about a suspended generator. It is a single dict, because scopes nested in the expression (a lambda, a
    comprehension) would not see separate locals.
    """
    return {**frame_of(generator).f_globals, **variables(generator)}


class Points:
    def __init__(self):
        self._numbers = {}
        self._tables = {}
        self._only = {}
        self._delegating = {}
        self._lines = {}
        self._fresh = []

    def table(self, code):
        """The numbers of yield points by `f_lasti`; 0 if not known yet, or if the generator delegates to another one there."""
        known = self._tables.get(id(code))
        if known is None:
            # The code object is kept alive, so that no other one gets the same id.
            known = self._tables[id(code)] = (code, [0] * (len(code.co_code) + 2))
        return known[1]

    def only(self, iterator):
        """
        The number of the only yield point at which a generator can be suspended; 0 if it is not known yet, or if there is not exactly
        one.
        """
        frame = iterator.gi_frame if type(iterator) is GeneratorType else None
        if frame is None:
            return 0
        code = frame.f_code
        if id(code) not in self._only:
            known = max(self.table(code))
            if not known:
                return 0
            self._only[id(code)] = known if has_one_yield(code) else 0
        return self._only[id(code)]

    def locate(self, generator):
        """The number of the innermost yield point that is in a file; 0 if `generator` is not a suspended generator."""
        for inner in reversed(suspended(generator)):
            number = self._known(inner)
            if number:
                return number
        return 0

    def line(self, generator):
        """The file and line at which a generator is suspended; None if there is no source file."""
        frame = frame_of(generator)
        code, instruction = frame.f_code, frame.f_lasti
        key = (id(code), instruction)
        if key not in self._lines:
            at = place(generator)
            # The code object is kept alive, as for the tables.
            self._lines[key] = (code, (at["file"], at["line"]) if at is not None else None)
        return self._lines[key][1]

    def innermost(self, chain):
        """The innermost of suspended generators that is in a file, given outermost first; None if there is none."""
        return next((each for each in reversed(chain) if self.line(each) is not None), None)

    @property
    def count(self):
        """The number of the last point."""
        return len(self._numbers)

    def lines_after(self, number):
        """The file and line of every point after `number`, in order."""
        return ((file, line) for file, line, _, _ in islice(self._numbers, number, None))

    def take_new(self):
        """The points that were added since the last call."""
        fresh, self._fresh = self._fresh, []
        return fresh

    def _known(self, generator):
        frame = frame_of(generator)
        code, instruction = frame.f_code, frame.f_lasti
        table = self.table(code)
        if table[instruction]:
            return table[instruction]
        key = (id(code), instruction)
        number = self._delegating.get(key)
        if number is None:
            number = self.number(place(generator))
            if waited_for(generator) is None:
                table[instruction] = number
            else:
                self._delegating[key] = number
        return number

    def number(self, point):
        """The number of a location: a yield point, or where something was raised."""
        if point is None:
            return 0
        key = tuple(point.values())
        if key not in self._numbers and len(self._numbers) < _MOST:
            self._numbers[key] = len(self._numbers) + 1
            self._fresh.append(point)
        return self._numbers.get(key, 0)


def _definition(code):
    """The line of `def`. A function's first line is that of its decorators."""
    first = code.co_firstlineno
    lines = sourcelines.lines(code.co_filename)
    for line in range(first, min(first + 100, len(lines) + 1)):
        if _DEF.match(lines[line - 1]):
            return line, len(lines[line - 1]) - len(lines[line - 1].lstrip()) + 1
    return first, 1


def position(code, line, instruction):
    """The location of an instruction in a file: that of its expression, or if that is unknown, of its line."""
    file = code.co_filename
    line, offset = _written_at(code, line, instruction)
    column = _first_column(file, line) if offset is None else _column(file, line, offset)
    return {"file": os.path.abspath(file), "line": line, "column": column, "function": code_name(code)}


def code_name(code):
    """The name of a function, with enclosing classes if the interpreter knows them."""
    return getattr(code, "co_qualname", code.co_name).rpartition("<locals>.")[2]


def _written_at(code, line, instruction):
    """The line of an instruction, and the offset in the line, which the interpreter knows from 3.11 on."""
    if not hasattr(code, "co_positions"):
        return line, None
    exact, _, offset, _ = list(code.co_positions())[instruction // 2]
    return (line, None) if exact is None or offset is None else (exact, offset)


def _position(frame):
    """The line and column of the `yield` at which a frame is suspended."""
    code = frame.f_code
    if hasattr(code, "co_positions"):
        line, _, offset, _ = list(code.co_positions())[frame.f_lasti // 2]
        if line is not None and offset is not None and (_says_places or _is_keyword(code.co_filename, line, offset)):
            return line, _column(code.co_filename, line, offset)
    at = None if _says_places else place_of_yield(frame)
    if at is not None:
        return at[0], _column(code.co_filename, *at)
    return frame.f_lineno, _first_column(code.co_filename, frame.f_lineno)


def _first_column(file, line):
    text = sourcelines.line(file, line)
    return len(text) - len(text.lstrip()) + 1


def _is_keyword(file, line, offset):
    word = sourcelines.line(file, line).encode("utf-8", "replace")[offset : offset + 5]
    return word in (b"yield", b"await", b"async")


def _column(file, line, offset):
    """Converts a byte offset in UTF-8 to a column in UTF-16 code units, counted from 1, as editors use them."""
    before = sourcelines.line(file, line).encode("utf-8", "replace")[:offset]
    return len(before.decode("utf-8", "replace").encode("utf-16-le")) // 2 + 1
