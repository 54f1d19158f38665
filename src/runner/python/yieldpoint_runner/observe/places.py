"""Yield points by instruction, and the names of functions, looked for once each. Code objects are kept alive with their ids."""
from ..source.names import function_name
from ..source.points import code_name, suspension
from ..source.suspension import generators


class Places:
    def __init__(self, points):
        self._points = points
        self._numbers = {}
        self._functions = {}

    def numbers(self, code):
        """The numbers of the yield points of a code object that were looked for, by their instructions."""
        known = self._numbers.get(id(code))
        if known is None:
            known = self._numbers[id(code)] = ({}, code)
        return known[0]

    def number(self, frame):
        """The number of the yield point at which a frame is; 0 if there is none in a file."""
        numbers, at = self.numbers(frame.f_code), frame.f_lasti
        if at not in numbers:
            numbers[at] = self._points.number(suspension(frame, self.function(frame)))
        return numbers[at]

    def function(self, frame):
        """The name of the function of a generator that runs in a frame."""
        code = frame.f_code
        known = self._functions.get(id(code))
        if known is None:
            generator = generators([id(frame)])[0]
            known = self._functions[id(code)] = (code_name(code) if generator is None else function_name(generator), code)
        return known[0]
