"""
The stack as the user's program sees it. The runner's frames are below the program's own. Functions that return or print a stack omit
them, and warnings never refer to them. `f_back` still leads to them, since Python has no way to end that chain; their file is
"<yieldpoint>".
"""
import functools
import inspect
import operator
import sys
import traceback
import warnings

from ..control import is_runner_code


def hide_runner():
    """From now on, stacks from the standard library contain no frames of the runner."""
    traceback.walk_stack = _without_runner(traceback.walk_stack)
    inspect.getouterframes = _outer_without_runner(inspect.getouterframes)
    warnings.warn = _about_user_code(warnings.warn)


def _without_runner(walk):
    @functools.wraps(walk)
    def walk_stack(f):
        if f is None:
            f = _caller()
        return (each for each in walk(f) if not is_runner_code(each[0].f_code))

    return walk_stack


def _outer_without_runner(outer):
    @functools.wraps(outer)
    def getouterframes(frame, context=1):
        return [each for each in outer(frame, context) if not is_runner_code(each.frame.f_code)]

    return getouterframes


def _caller():
    """The innermost frame of the code that asks for the stack."""
    frame = sys._getframe(1)
    while frame is not None and (is_runner_code(frame.f_code) or frame.f_code.co_filename == traceback.__file__):
        frame = frame.f_back
    return frame


def _about_user_code(plain):
    """Wraps `warnings.warn`. A warning that would refer to the runner refers to the outermost function of the program instead."""

    @functools.wraps(plain)
    def warn(message, category=None, stacklevel=1, source=None, skip_file_prefixes=(), **others):
        wanted = operator.index(stacklevel)
        if skip_file_prefixes:
            others["skip_file_prefixes"] = skip_file_prefixes
            wanted = max(2, wanted)
        frame = sys._getframe(1)
        # The frame of this function is the first, and is never skipped.
        level = 1 if skip_file_prefixes and _is_skipped(frame, skip_file_prefixes) else 2
        for _ in range(1, wanted):
            frame = _next(frame, skip_file_prefixes)
            if frame is None:
                break
            level += 1
        if level == 1:
            del others["skip_file_prefixes"]
            level = 2
        return plain(message, category, level, source, **others)

    return warn


def _next(frame, prefixes):
    """The frame that counts as the caller of another one; None if that is the runner."""
    frame = frame.f_back
    while frame is not None and _is_skipped(frame, prefixes):
        frame = frame.f_back
    return None if frame is None or is_runner_code(frame.f_code) else frame


def _is_skipped(frame, prefixes):
    """Whether the interpreter skips a frame, by its own rule."""
    file = frame.f_code.co_filename
    return "importlib" in file and "_bootstrap" in file or file.startswith(prefixes)
