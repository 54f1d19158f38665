"""The stack as the user's program prints it: without the frames of the runner, which are below its own."""
import functools
import sys
import traceback

from ..control import is_runner_code


def hide_runner():
    """From now on what the standard library tells of the stack has no frame of the runner in it."""
    traceback.walk_stack = _without_runner(traceback.walk_stack)


def _without_runner(walk):
    @functools.wraps(walk)
    def walk_stack(f):
        if f is None:
            f = _caller()
        return (each for each in walk(f) if not is_runner_code(each[0].f_code))

    return walk_stack


def _caller():
    """The innermost frame of those who want to know the stack."""
    frame = sys._getframe(1)
    while frame is not None and (is_runner_code(frame.f_code) or frame.f_code.co_filename == traceback.__file__):
        frame = frame.f_back
    return frame
