"""Notes what a run got from outside of the program, which may be something else the next time."""
import sys

"""What the interpreter announces, and what it is called."""
_EVENTS = {
    "builtins.input": "input()",
    "os.fork": "os.fork()",
    "os.forkpty": "os.forkpty()",
    "os.posix_spawn": "os.posix_spawn()",
    "os.system": "os.system()",
    "socket.bind": "a socket",
    "socket.connect": "a socket",
    "socket.getaddrinfo": "a socket",
    "socket.sendto": "a socket",
    "sqlite3.connect": "sqlite3.connect()",
    "subprocess.Popen": "a process",
    "_thread.start_new_thread": "a thread",
    "_thread.start_joinable_thread": "a thread",
}


class Outside:
    """`met` is what was met first, None as long as there was nothing. Heard of only while `is_on`."""

    def __init__(self):
        self.met = None
        self.is_on = False
        sys.addaudithook(self._hear)

    def note(self, what):
        """Something was met."""
        self.met = self.met or what

    def _hear(self, event, _args):
        if event in _EVENTS and self.is_on:
            self.note(_EVENTS[event])
