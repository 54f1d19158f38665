"""Notes what a run got from outside of the program, which may be something else the next time."""
import sys
import threading

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
    """`met` is something that was met between `listen` and `stop`, None as long as there was nothing."""

    def __init__(self):
        self.met = None
        self._unmet = {}
        # The interpreter calls this several times in each run. A function written in Python would take a sixth of the time of a search.
        sys.addaudithook(self._unmet.pop)
        if sys.version_info < (3, 12):
            self._announce_threads()

    def listen(self):
        """From now on the interpreter's announcement of an event removes it."""
        self._unmet.update(_EVENTS)

    def stop(self):
        """Notes which events were announced since `listen`."""
        for event, what in _EVENTS.items():
            if event not in self._unmet:
                self.note(what)
        self._unmet.clear()

    def note(self, what):
        """Something was met."""
        self.met = self.met or what

    def _announce_threads(self):
        """Does what the interpreter does from 3.12 on."""
        start = threading._start_new_thread

        def announced(*args):
            self._unmet.pop("_thread.start_new_thread", None)
            return start(*args)

        threading._start_new_thread = announced
