"""What keeps the process alive apart from the runner. Python waits for threads that are not daemons."""
import os
import sys
import threading

"""The prefix of the names of the runner's own threads."""
OWN = "yieldpoint "
"""The identities of the threads in which tasks run."""
TASKS = set()
_POOL = os.path.join("concurrent", "futures", "thread.py")


def remaining():
    """Descriptions of what is still running."""
    frames = sys._current_frames()
    threads = [each for each in threading.enumerate() if not each.daemon and each is not threading.main_thread() and each.ident not in TASKS]
    return ["thread %s" % thread.name for thread in threads if not _waits_for_work(frames.get(thread.ident))]


def threads_at_work():
    """The threads of the program, including daemons, that may still do something."""
    frames = sys._current_frames()
    others = [each for each in threading.enumerate() if each is not threading.main_thread() and not each.name.startswith(OWN)]
    return [each for each in others if each.ident not in TASKS and not _waits_for_work(frames.get(each.ident))]


def _waits_for_work(frame):
    """Whether a thread belongs to a pool and is idle: it then ends with the program."""
    return frame is not None and frame.f_code.co_name == "_worker" and frame.f_code.co_filename.endswith(_POOL)
