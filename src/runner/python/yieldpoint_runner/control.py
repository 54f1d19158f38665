"""Who has control, the runner or user code: what an interrupt, a pause and the watch for hanging code need to know.
A "door" is a function of the runner that gives control to user code; above it on the stack user code runs."""
import signal
import threading
from time import perf_counter as clock

"""What `main.py` has all code of the runner come from."""
_NAME = "<yieldpoint>"
_doors = set()
_bare_doors = set()


class Interruption(KeyboardInterrupt):
    """A SIGINT came while user code ran."""

    def after(self, seconds):
        """Itself, saying how long the slice ran that it cut short."""
        self.args = ("Interrupted after %.1f s" % seconds,)
        return self


def door(function):
    """Marks a function that calls user code written in Python."""
    _doors.add(function.__code__)
    return function


def bare_door(function):
    """Marks a function that does nothing but call what may be user code in C, which has no frame of its own."""
    _bare_doors.add(function.__code__)
    return function


def is_runner_code(code):
    """Whether this is code of the runner itself."""
    return code.co_filename == _NAME


def innermost_user_frame(frame, is_user_file):
    """The frame of the user's own source in which control is, of those above a door; None where there is none."""
    while frame is not None and not (is_runner_code(frame.f_code) and frame.f_code in _doors):
        if is_user_file(frame.f_code.co_filename):
            return frame
        frame = frame.f_back
    return None


def _skip(frame, skips):
    while frame is not None and skips(frame.f_code):
        frame = frame.f_back
    return frame


class Control:
    """
    `inside` says whether user code has control, `entries` counts how often it got it. `count_steps` gives how many steps are
    recorded, `running_task` the task whose slice runs, or None. `is_between_slices` is for user code that belongs to the step
    recorded last. `bell` ends a wait of the main thread.
    """

    def __init__(self):
        self.inside = False
        self.entries = 0
        self.count_steps = lambda: 0
        self.running_task = lambda: None
        self.interruption = None
        self.is_between_slices = False
        self._in_slices = False
        self._postponed = False
        self._advances = 0
        self._paused = 0
        self.bell = threading.Event()
        self._turns = []
        self._flushing = None
        self._flushed = threading.Event()

    @property
    def running(self):
        """The task whose slice runs, or None."""
        return self.running_task() if self._in_slices and not self.is_between_slices else None

    @property
    def step(self):
        """The step that runs, or ran last; 0 before the first."""
        return self.count_steps() + (1 if self._in_slices and not self.is_between_slices else 0)

    def enter(self, running_task=None):
        """Gives control to user code: to the slices of tasks when `running_task` says whose, else outside of any step."""
        self._in_slices = running_task is not None
        self.running_task = running_task or (lambda: None)
        self._postponed = False
        self.interruption = None
        self.entries += 1
        self.inside = True

    def leave(self):
        """Takes control back."""
        self.inside = False
        self._in_slices = False

    def catch_interrupts(self):
        """From now on a SIGINT ends the user code that runs, and nothing else."""
        signal.signal(signal.SIGINT, self._interrupt)

    def catch_flushes(self, flush):
        """
        From now on `ask_to_flush` makes the main thread call `flush` in the middle of user code, between two of its
        operations: only there is nothing of the runner's half done. Nothing happens in the middle of an operation in C.
        """
        if not hasattr(signal, "pthread_kill"):
            return

        def handle(_number, top):
            if self.inside and top is not None and not is_runner_code(top.f_code):
                flush()
            self._flushed.set()

        signal.signal(signal.SIGUSR2, handle)
        self._flushing = threading.main_thread().ident

    def ask_to_flush(self):
        """Called by the watch thread; waits a moment for the main thread."""
        if self._flushing is not None and signal.getsignal(signal.SIGUSR2) is not signal.SIG_DFL:
            self._flushed.clear()
            signal.pthread_kill(self._flushing, signal.SIGUSR2)
            self._flushed.wait(0.2)

    def _interrupt(self, _number, top):
        frame = _skip(top, lambda code: not is_runner_code(code))
        code = frame.f_code if frame is not None else None
        if (code in _doors and frame is not top) or code in _bare_doors:
            self._raise()
        # In the middle of a print of the user's the output must stay whole: a moment later. Else no user code runs.
        outside = _skip(frame, lambda code: is_runner_code(code) and code not in _doors)
        self._postponed = outside is not None and not is_runner_code(outside.f_code)

    def raise_postponed(self):
        """Called at the end of what user code calls of the runner."""
        if self._postponed:
            self._postponed = False
            self._raise()

    def _raise(self):
        self.interruption = Interruption()
        raise self.interruption

    def note_advance(self):
        """An `advance` was received. Called by the thread that reads, as is `pause`."""
        self._advances += 1

    def pause(self):
        """Ends the `advance` in flight after the step that is running, and those that wait behind it."""
        self._paused = self._advances
        self.stop()

    def stop(self):
        """Has the stretch of steps that runs end after the step that is running."""
        self._turns.clear()
        self.bell.set()

    def forget_turns(self):
        """After the last stretch of an `advance`: the turns hold the frames of the tasks."""
        self._turns = []

    def publish(self, turns, number):
        """Lets `pause` empty the list that is being worked through; says whether the `advance` is to end already."""
        self._turns = turns
        return self._paused >= number


