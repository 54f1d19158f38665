"""
How a generator is resumed, judged by the instruction of the frame that resumes it: by a call that steps it (`next(g)`, `g.send(v)`, what
asyncio calls), or by plain iteration (`for`, `list(g)`, `sum(g)`), which makes no task of it.
"""
import ast
import builtins
import contextlib
import dis
import re
import sys

from ..failures import is_user_file
from ..source import sourcelines

GENERATOR, COROUTINE = 0x20, 0x80
SUSPENDABLE = GENERATOR | COROUTINE | 0x200
_CALLS = {number for name, number in dis.opmap.items() if re.match(r"(PRE)?CALL(_(FUNCTION|METHOD|KW)|$)", name)}
_DELEGATIONS = {dis.opmap[name] for name in ("SEND", "YIELD_FROM") if name in dis.opmap}
_YIELD, _LOAD, _RESUME = dis.opmap["YIELD_VALUE"], dis.opmap["LOAD_CONST"], dis.opmap.get("RESUME")

"""What iterates over its arguments. Classes are told by what they are, where the interpreter says which one is called."""
_CONSUMERS = set(
    "list tuple set frozenset dict bytes bytearray deque Counter OrderedDict sum min max any all sorted enumerate zip map filter reduce"
    " extend extendleft join update union intersection difference writelines writerows fromkeys fsum prod fmean mean median stdev"
    " nlargest nsmallest merge product permutations combinations array".split()
)
_CONSUMING = re.compile(r"\b(?:%s)\(" % "|".join(sorted(_CONSUMERS)))
_STEPS = ("next", "send", "throw", "close", "__next__")
_STEPPING = re.compile(r"\b(%s)\(" % "|".join(_STEPS))
_CACHE = dis.opmap.get("CACHE", 0 if sys.version_info >= (3, 11) else None)
_has_positions = sys.version_info >= (3, 11)


def can_be_task(code):
    """Whether code is that of a generator or a coroutine of the user's files."""
    return bool(code.co_flags & (GENERATOR | COROUTINE)) and is_user_file(code.co_filename)


class Resumptions:
    """What is known of instructions that resume generators, each looked at once."""

    def __init__(self):
        self._callees = {}
        self._instructions = {}

    def callee(self, frame, resumed):
        """The name of what a frame calls to step a generator, whose code is given; None for plain iteration, and if nobody steps it."""
        if frame is None:
            return None
        code, at = frame.f_code, frame.f_lasti
        known = self._callees.get((id(code), at))
        if known is None:
            # The code object is kept alive, so that no other one gets the same id.
            known = self._callees[id(code), at] = (self._find(frame, resumed), code)
        return known[0]

    def outermost(self, frame):
        """The frame that resumes a generator of a library, which delegates to what is resumed; otherwise the frame itself."""
        while frame is not None and frame.f_code.co_flags & SUSPENDABLE and not is_user_file(frame.f_code.co_filename):
            if not self.is_delegating(frame):
                break
            frame = frame.f_back
        return frame

    def is_delegating(self, frame):
        """Whether a frame is at a `yield from` or an `await`, resuming what it delegates to or suspended."""
        code, at = frame.f_code, frame.f_lasti
        return (self._instructions.get((id(code), at)) or self.instruction(code, at))[0]

    def is_suspension(self, code, at):
        """Whether an instruction suspends its frame, or hands on that another one did."""
        return self.instruction(code, at)[1]

    def instruction(self, code, at):
        """Whether an instruction delegates, whether it suspends, whether it calls, and the code, which is kept alive with its id."""
        key = (id(code), at)
        known = self._instructions.get(key)
        if known is None:
            known = self._instructions[key] = (*_judged(code.co_code, at), code)
        return known

    def _find(self, frame, resumed):
        code = frame.f_code
        if not self.instruction(code, frame.f_lasti)[2] or code.co_filename == contextlib.__file__:
            return None
        return _exact_callee(frame) if _has_positions else _likely_callee(frame, resumed)


def _judged(instructions, at):
    # A frame that waits for one that the interpreter runs in the same loop is at the cache of its instruction.
    while 0 < at < len(instructions) and instructions[at] == _CACHE:
        at -= 2
    operation = instructions[at] if 0 <= at < len(instructions) else None
    after = instructions[at + 2 : at + 4]
    # From 3.11 on, a delegation is a yield in a loop, and the instruction after it tells. From 3.13 on, a frame is suspended there.
    if operation == _RESUME is not None:
        return instructions[at + 1] & 3 > 1, instructions[at + 1] & 3 > 0, False
    delegates = operation in _DELEGATIONS or operation == _YIELD and len(after) == 2 and after[0] == _RESUME and after[1] & 3 > 1
    # Before, a frame that is suspended there points before the instruction.
    is_before = operation == _LOAD and len(after) == 2 and after[0] == dis.opmap.get("YIELD_FROM")
    return delegates or is_before, operation == _YIELD or delegates or is_before, operation in _CALLS


def _exact_callee(frame):
    """The name in the source text of the call that an instruction makes. Where there is none, the call may be anything."""
    positions = list(frame.f_code.co_positions())[frame.f_lasti // 2]
    try:
        call = ast.parse("(%s)" % _segment(frame.f_code.co_filename, *positions), mode="eval").body
        called, is_unpacking = call.func, len(call.args) == 1 and isinstance(call.args[0], ast.Starred)
    except (SyntaxError, AttributeError, TypeError, ValueError):
        return ""
    name = getattr(called, "attr", getattr(called, "id", ""))
    if is_unpacking and name not in _STEPS:
        return None
    if isinstance(called, ast.Attribute):
        return None if name in _CONSUMERS else name
    value = frame.f_globals.get(name, vars(builtins).get(name))
    # Only a class in C runs no frame of its own. Those of asyncio may begin a coroutine.
    is_class = issubclass(type(value), type) and type.__dict__["__module__"].__get__(value) != "_asyncio"
    return None if name in _CONSUMERS or is_class else name


def _segment(file, line, end_line, column, end_column):
    lines = [sourcelines.line(file, number).encode("utf-8", "replace") for number in range(line, end_line + 1)]
    lines[-1] = lines[-1][:end_column]
    lines[0] = lines[0][column:]
    return b"".join(lines).decode("utf-8", "replace")


def _likely_callee(frame, resumed):
    """The same before 3.11, from the line as a whole. A generator expression on it may be what steps others."""
    text = sourcelines.line(frame.f_code.co_filename, frame.f_lineno)
    stepping = _STEPPING.search(text)
    if (stepping is None or resumed.co_name == "<genexpr>") and _CONSUMING.search(text):
        return None
    return stepping.group(1) if stepping else ""
