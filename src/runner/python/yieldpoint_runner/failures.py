"""Converts errors in user code or in a request to the form in which they cross the wire: the cause, the location in the user's
source, the remedy."""
import os
import sys
from functools import lru_cache

from .control import Interruption, is_runner_code
from .load.missing import import_remedy
from .values.objects import grouped_in, instance_dict, name_of
from .source.points import position
from .values.preview import preview

_MOST_FRAMES = 10
_MOST_MESSAGE = 2_000
_library = os.path.dirname(os.path.abspath(os.__file__)) + os.sep
_COTASKS = os.sep + "cotasks" + os.sep
_get_args = BaseException.args.__get__
_get_cause = BaseException.__cause__.__get__
_traceback = BaseException.__traceback__
_syntax_parts = [getattr(SyntaxError, name).__get__ for name in ("msg", "filename", "lineno")]
_PLAIN = {str, int, float, bool, type(None)}
_opened = set()

"""Of what a coroutine awaits."""
ONLY_ASYNCIO = "Only the event loop of asyncio can serve this. Await what cotasks gives: sleep(), take(), acquire() and so on."


class RequestError(Exception):
    """A request fails."""

    def __init__(self, code, message, **details):
        super().__init__(message)
        self.failure = dict(code=code, message=message, **{key: item for key, item in details.items() if item is not None})


def take_for_user_file(file):
    """Marks a file as the user's, wherever it is, because tasks are run from it."""
    _opened.add(file)


def is_user_file(file):
    """Whether a file is the user's, and not part of the standard library or an installed package. The runner's code has no file."""
    if file in _opened:
        return True
    if file.startswith("<") or file.startswith(_library):
        return False
    return "site-packages" not in file and "dist-packages" not in file and not _is_of_cotasks(file)


def _is_of_cotasks(file):
    """Whether a file belongs to the package `cotasks`, wherever that lies. A module of the user's with that name has another content."""
    folder, found, _ = file.rpartition(_COTASKS)
    return found != "" and _has_cotasks(folder)


@lru_cache(maxsize=100)
def _has_cotasks(folder):
    return os.path.isfile(os.path.join(folder + _COTASKS, "_waiting", "engine.py"))


def failure_of(code, error):
    """Converts what user code raised to a failure."""
    if issubclass(type(error), SyntaxError) and code == "load" and is_user_file(str(error.filename or "<")):
        return _syntax_failure(error)
    if issubclass(type(error), SystemExit) and code == "load":
        message = "The module called sys.exit() while it was loaded: %s." % preview(error)
        return _at(error, RequestError(code, message, remedy='Put that call below `if __name__ == "__main__":`.'))
    return _at(error, RequestError(code, message_of(error), remedy=import_remedy(error)))


def message_of(error, most=_MOST_MESSAGE):
    """
    The message of an exception, followed by its notes on separate lines. Only arguments of built-in types are converted to text, since
    converting a user's object would run user code.
    """
    text = _text_of(error, most)
    for note in [*_notes_of(error), *_hints_of(error)]:
        if len(text) + len(note) < most:
            text += "\n" + note
    return text


def _notes_of(error):
    notes = instance_dict(error).get("__notes__")
    return [note for note in notes if type(note) is str] if type(notes) is list else []


def _hints_of(error):
    """A task is no task of asyncio, whose functions say only what they have not found."""
    is_asked_for_loop = type(error) is RuntimeError and _get_args(error) == ("no running event loop",)
    return [ONLY_ASYNCIO] if is_asked_for_loop else []


def _text_of(error, most):
    if type(error) is Interruption:
        return preview(error)
    args, name, count = _get_args(error), name_of(type(error)), len(grouped_in(error))
    if count and type(args[0]) is str and len(args[0]) <= most:
        return "%s: %s (%d exceptions)" % (name, args[0], count)
    if issubclass(type(error), SyntaxError) and not _has_own_text(type(error)):
        return _syntax_text(error, name, most)
    plain = _PLAIN | {bytes} if issubclass(type(error), UnicodeError) else _PLAIN
    if not args or not all(type(arg) in plain for arg in args):
        return preview(error)
    if _has_own_text(type(error)):
        text = "%s(%s)" % (name, ", ".join(map(repr, args)))
        return text if len(text) <= most else preview(error)
    text = str(error)
    return "%s: %s" % (name, text) if len(text) <= most else preview(error)


def _syntax_text(error, name, most):
    message, file, line = [part(error) for part in _syntax_parts]
    if type(message) is not str or len(message) > most:
        return preview(error)
    where = [os.path.basename(file)] if type(file) is str else []
    where += ["line %d" % line] if type(line) is int else []
    return "%s: %s%s" % (name, message, " (%s)" % ", ".join(where) if where else "")


def user_frames(error):
    """The user's own frames in a traceback as file, line and function, outermost first."""
    return [(os.path.abspath(each.tb_frame.f_code.co_filename), each.tb_lineno, each.tb_frame.f_code.co_name) for each in frames_of(error)]


def frames_of(error):
    """
    The entries of a traceback that are the user's own, outermost first. A StopIteration that leaves a generator is replaced by another
    error (PEP 479), whose traceback begins where that of its cause ends.
    """
    stop = _stop_inside(error)
    return _own_frames(error) + (_own_frames(stop) if stop is not None else [])


def _stop_inside(error):
    cause = _get_cause(error)
    is_made = type(error) is RuntimeError and _get_args(error) == ("generator raised StopIteration",)
    return cause if is_made and issubclass(type(cause), StopIteration) else None


def _own_frames(error):
    frames = []
    traceback = _traceback.__get__(error)
    while traceback is not None:
        code = traceback.tb_frame.f_code
        if not is_runner_code(code) and is_user_file(code.co_filename):
            frames.append(traceback)
        traceback = traceback.tb_next
    return frames


def trim(error):
    """Removes the runner's frames from the beginning of a traceback. They would keep everything alive that they refer to."""
    traceback = _traceback.__get__(error)
    while traceback is not None and is_runner_code(traceback.tb_frame.f_code):
        traceback = traceback.tb_next
    _traceback.__set__(error, traceback)


def raised_at(error):
    """Where in the user's source an exception was raised, as text; None if it was raised elsewhere."""
    frames = user_frames(error)
    return "%s:%d in %s" % frames[-1] if frames else None


def _at(error, failed):
    frames = user_frames(error)
    if frames:
        file, line, _ = frames[-1]
        innermost = frames_of(error)[-1]
        column = position(innermost.tb_frame.f_code, line, innermost.tb_lasti)["column"]
        lines = ['  File "%s", line %d, in %s' % frame for frame in frames[-_MOST_FRAMES:]]
        failed.failure.update(file=file, line=line, column=column, stack="\n".join(lines))
    return failed


def _syntax_failure(error):
    return RequestError(
        "syntax",
        "%s: %s" % (name_of(type(error)), error.msg),
        file=os.path.abspath(error.filename),
        # If the file could not be decoded at all, the interpreter reports no line.
        line=_counted(error.lineno),
        column=_counted(error.offset),
    )


def _counted(number):
    return number if type(number) is int and number > 0 else None


def _has_own_text(kind):
    return type(kind.__str__).__name__ == "function" if type(kind) is type else True
