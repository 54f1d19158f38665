"""The end of the process by the user's own doing: what was recorded is sent first, then what ended it."""
import os


def announce_end(runner):
    """Watches for the end. A forked child of the user's leaves the wire alone."""
    for name in ("_exit", "abort"):
        setattr(os, name, _with_last_words(getattr(os, name), name, runner))
    if hasattr(os, "register_at_fork"):
        os.register_at_fork(after_in_child=lambda: (runner.wire.abandon(), runner.output.abandon()))


def _with_last_words(end, name, runner):
    def ending(*args):
        if runner.wire.is_open:
            _say(runner, "os.%s(%s) was called." % (name, ", ".join(map(str, args))))
        end(*args)

    return ending


def _say(runner, message):
    event = {"event": "fatal", "step": runner.control.step, "message": message}
    task = runner.control.running_task()
    runner.send_recorded()
    runner.wire.say(event if task is None else dict(event, task=task))
    runner.wire.flush()
