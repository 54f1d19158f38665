"""Handles the end of the process by user code: sends what was recorded, and then the reason."""
import os
import signal
from functools import wraps


def announce_end(runner):
    """Watches for the end of the process."""
    for name in ("_exit", "abort", "execv", "execve"):
        _before(os, name, lambda args, name=name: _last_words(runner, name, args))
    for name in ("kill", "killpg"):
        _before(os, name, lambda args: _is_own(args) and runner.flush_on_main_thread())
    _before(signal, "raise_signal", lambda args: runner.flush_on_main_thread())


def _before(module, name, act):
    """Calls a function before a function of a module, if the module has it."""
    function = getattr(module, name, None)
    if function is None:
        return

    @wraps(function)
    def acting(*args, **options):
        act(args)
        return function(*args, **options)

    setattr(module, name, acting)


def _is_own(args):
    """Whether a signal is sent to this process, or to its group."""
    return bool(args) and args[0] in (os.getpid(), 0, -os.getpid())


def _last_words(runner, name, args):
    if not runner.wire.is_open:
        return
    told = ", ".join(map(str, args)) if all(type(each) is int for each in args) else "…"
    message = "os.%s(%s) was called." % (name, told)
    event = {"event": "fatal", "step": runner.control.step, "message": message}
    task = runner.control.running_task()
    runner.send_recorded()
    runner.wire.say(event if task is None else dict(event, task=task))
    runner.wire.flush()
