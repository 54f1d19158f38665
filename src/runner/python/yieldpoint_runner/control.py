"""Tracks whether the runner or user code has control, for interrupts, pauses and the detection of hanging code.
A "door" is a function of the runner that calls user code: frames above it on the stack belong to user code."""
import signal
import threading
from sys import _getframe
from _thread import interrupt_main
from time import perf_counter as clock

"""The file name of all code of the runner, which `main.py` sets."""
_NAME = "<yieldpoint>"
_doors = set()
_bare_doors = set()


class Interruption(KeyboardInterrupt):
    """A SIGINT arrived while user code ran."""

    def after(self, seconds):
        """Sets the message. `seconds` is how long the interrupted slice ran."""
        self.args = ("Interrupted after %.1f s" % seconds,)
        return self


"""In place of an answer: the request is answered later."""
LATER = object()


def door(function):
    """Marks a function that calls user code written in Python."""
    _doors.add(function.__code__)
    return function


def bare_door(function):
    """Marks a function that only calls what may be user code in C, which has no frame of its own."""
    _bare_doors.add(function.__code__)
    return function


def is_runner_code(code):
    """Whether code belongs to the runner itself."""
    return code.co_filename == _NAME


def innermost_user_frame(frame, is_user_file):
    """The innermost frame in the user's source, above a door; None if there is none."""
    while frame is not None and not (is_runner_code(frame.f_code) and frame.f_code in _doors):
        if is_user_file(frame.f_code.co_filename):
            return frame
        frame = frame.f_back
    return None


def _skip(frame, skips):
    while frame is not None and skips(frame.f_code):
        frame = frame.f_back
    return frame


def was_let_in(frame):
    """
    Whether code that is not the runner's was called by a door. Otherwise the runner works, and has called a function of Python's library, which
    the program may have replaced.
    """
    door = _runner_frame(frame)
    return door is None or door.f_code in _doors


def _runner_frame(frame):
    """The innermost frame of the runner."""
    return _skip(frame, lambda code: not is_runner_code(code))


def _never():
    return False


def _always():
    return True


def _nobody():
    return None


class Control:
    """
    `inside` tells whether user code has control, `entries` counts how many times it got control. `count_steps` returns the number
    of recorded steps, `running_task` the task whose slice is running, or None. `is_between_slices` is set while user code runs that
    belongs to the last recorded step. `request` is the id of the request in progress. `bell` ends a wait of the main thread.
    `user_thread` is the identity of the thread that runs the slice of a task, where that is not the main one.
    """

    def __init__(self):
        self.inside = False
        self.entries = 0
        self.count_steps = lambda: 0
        self.running_task = _nobody
        self.interruption = None
        self.is_between_slices = False
        self._is_in_slice = _never
        self._postponed = False
        self.request = None
        self._interrupted = None
        self._advances = 0
        self._paused = 0
        self.bell = threading.Event()
        self.user_thread = None
        self._turns = []
        self._flushing = None
        self._flushed = threading.Event()

    @property
    def running(self):
        """The task whose slice runs, or None."""
        return self.running_task() if self._is_in_slice() and not self.is_between_slices else None

    @property
    def step(self):
        """The current or last step; 0 before the first one."""
        return self.count_steps() + (1 if self._is_in_slice() and not self.is_between_slices else 0)

    def is_alone(self):
        """Whether the calling thread is the one that runs user code, while all others of the runner wait."""
        ident = threading.get_ident()
        return ident == self.user_thread or ident == threading.main_thread().ident

    def is_called_by_user(self):
        """Whether, moreover, a function of the runner was called by user code, and not by what the runner has called itself."""
        return self.is_alone() and was_let_in(_skip(_getframe(1), is_runner_code))

    def enter(self, running_task=None, is_in_slice=None):
        """
        Marks that user code gets control: the slices of tasks if `running_task` is given, otherwise code outside of any step.

        :param is_in_slice: tells whether a slice runs, if other code of the user runs between slices
        """
        self._is_in_slice = is_in_slice or (_never if running_task is None else _always)
        self.running_task = running_task or _nobody
        self._postponed = False
        self.interruption = None
        self.go_on()

    def go_on(self):
        """Marks that user code goes on, for example after it has waited for somebody outside. `inside` was unset meanwhile."""
        self.entries += 1
        self.inside = True

    def leave(self):
        """Marks that the runner has control again."""
        self.inside = False
        self._is_in_slice = _never

    def catch_interrupts(self):
        """From now on a SIGINT interrupts user code, and nothing else."""
        signal.signal(signal.SIGINT, self._interrupt)

    def catch_flushes(self, flush):
        """
        From now on `ask_to_flush` makes the main thread call `flush` within user code, between two bytecode instructions. Only there,
        the runner's own data is consistent: not in what the runner itself calls of Python's library. During an operation in C, nothing
        happens.
        """
        if not hasattr(signal, "pthread_kill"):
            return

        def handle(_number, top):
            if self.inside and not is_runner_code(top.f_code) and was_let_in(top):
                flush()
            self._flushed.set()

        signal.signal(signal.SIGUSR2, handle)
        self._flushing = threading.main_thread().ident

    def ask_to_flush(self):
        """Called by the watch thread. Waits a moment for the main thread."""
        if self._flushing is not None and signal.getsignal(signal.SIGUSR2) is not signal.SIG_DFL:
            self._flushed.clear()
            signal.pthread_kill(self._flushing, signal.SIGUSR2)
            self._flushed.wait(0.2)

    def interrupt(self, request):
        """Interrupts the user code that runs for a request. Called by the reading thread."""
        self._interrupted = request
        if hasattr(signal, "pthread_kill"):
            signal.pthread_kill(threading.main_thread().ident, signal.SIGINT)
        else:
            interrupt_main()

    def _interrupt(self, _number, top):
        request, self._interrupted = self._interrupted, None
        if request is not None and request != self.request:
            return
        frame = _runner_frame(top)
        code = frame.f_code if frame is not None else None
        if (code in _doors and frame is not top) or code in _bare_doors:
            self._raise()
        # During a print of user code, flushing is postponed, to keep the output intact. Otherwise no user code is running here.
        outside = _skip(frame, lambda code: is_runner_code(code) and code not in _doors)
        self._postponed = outside is not None and not is_runner_code(outside.f_code)

    def raise_postponed(self):
        """Must be called at the end of runner functions that user code calls. Does a postponed flush."""
        if self._postponed:
            self._postponed = False
            self._raise()

    def _raise(self):
        self.interruption = Interruption()
        raise self.interruption

    def note_advance(self):
        """Counts a received `advance`. Called by the reading thread, like `pause`."""
        self._advances += 1

    def pause(self):
        """Ends the `advance` in progress after the current step, and those queued behind it."""
        self._paused = self._advances
        self.stop()

    def stop(self):
        """Ends the current stretch of steps after the current step."""
        self._turns.clear()
        self.bell.set()

    def forget_turns(self):
        """Must be called after the last stretch of an `advance`, since the turns keep the frames of the tasks alive."""
        self._turns = []

    def publish(self, turns, number):
        """Sets the list that `pause` empties to end a stretch. Returns whether the `advance` should already end."""
        self._turns = turns
        return self._paused >= number


