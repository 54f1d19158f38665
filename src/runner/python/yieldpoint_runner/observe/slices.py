"""
Slices of an observed program: from the resumption of a generator that nobody else's slice contains, until it yields or ends. What
happens within is no step. The hooks tell of the frames of generators that belong to the user, on the main thread only.
"""
import sys

from ..control import clock
from ..failures import is_user_file
from ..source.suspension import outermost
from .resumption import SUSPENDABLE

"""Whether the frames of generators that delegate are not on the stack while an exception is thrown into the innermost one."""
_HIDES_DELEGATION = sys.version_info < (3, 10)


class Slices:
    """
    Frames are kept by their ids, which are theirs as long as they run. `entry` is the frame that the slice resumed first. It is not the
    task's own, `_root`, if an exception is thrown into a task that delegates: that resumes the innermost one, and the next ones when that
    ends. Most steps are like the one before: `_usual…` are about the instruction that has last resumed a task, so that `resume` need not look
    closer. `_simple` is `entry` while `suspend` can end the slice: it is that of a known task, whose own frame was resumed.
    """

    def __init__(self, tasks, resumptions, places, observation):
        self._tasks = tasks
        self._resumptions = resumptions
        self._places = places
        self._observation = observation
        steps, recorder = observation.steps, observation.recorder
        self._steps, self._drivers = steps, steps.drivers
        self._numbers, self._by = steps.numbers, steps.by
        self._seconds, self._points, self._values = recorder.seconds, recorder.points, recorder.values
        self._turns, self._within, self._between = observation.turns, observation.within, observation.outside
        self._waits = observation.waits
        self._counting = observation.counting
        self.libraries = self._waits.libraries
        self._waits.is_within = self.is_recorded
        self.tasks_by_frame = tasks.by_frame
        self._usual_code = self._usual_at = self._usual_callee = self._usual_number = None
        self._root = None
        self.entry = None
        self._task = None
        self._callee = None
        self._driver = None
        self._inner = None
        self._simple = None
        self._began = 0.0
        self._freed = clock()

    def running_task(self):
        """The number of the task whose slice runs."""
        task = self._task
        return None if task is None else task.number

    def is_recorded(self):
        """Whether a slice runs that is recorded."""
        return self._task is not None

    def resume(self, frame, task):
        """Begins the slice of a task that is resumed by the usual instruction; otherwise, `enter` has to. Returns whether it did."""
        driver = frame.f_back
        if driver is None or driver.f_lasti != self._usual_at or driver.f_code is not self._usual_code:
            return False
        if self._root is not None or frame.f_code is not task.code:
            return False
        if self._waits.late:
            self._waits.catch_up()
        number = self._usual_number
        self._driver = self._drivers.number(driver) if number is None else number
        self._root = self.entry = self._simple = task.frame
        self._task = task
        self._callee, self._inner = self._usual_callee, None
        if task.wait is not None:
            self._waits.resumes(task)
        now = self._began = clock()
        if now - self._freed > self._between.quick:
            self._observation.take_in_outside(now - self._freed)
            self._began = clock()
        return True

    def suspend(self, frame, at, value):
        """Ends a simple slice at a yield point that is known; otherwise, `leave` has to. Returns whether it did."""
        key, inner = id(frame), self._inner
        if key != self._simple:
            return False
        now = clock()
        task, point, within = self._task, None, ()
        if inner is None:
            point = task.points.get(at)
        elif inner[0] == key and self._resumptions.is_delegating(frame):
            _, point, within = inner
        if point is None:
            return False
        seconds, steps = now - self._began, self._steps
        self._seconds.append(seconds)
        self._points.append(point)
        self._numbers.append(task.number)
        self._by.append(self._driver)
        if value is None or type(value) is int and -(2**30) < value < 2**30:
            self._values.append(value)
        else:
            self._values.append(self._waits.yields(task, value, frame))
        self._root = self.entry = self._simple = self._task = None
        task.inner = within
        is_due = now > steps.until or len(self._values) >= steps.most
        if seconds > self._within.quick or is_due or steps.are_checked or not self._turns:
            self._observation.look(task, "yielded", value, seconds, now)
            now = clock()
        self._freed = now
        return True

    def enter(self, frame, is_first, thrown=None):
        """A generator begins, or is resumed. :param thrown: the exception with which it is resumed, if the hook knows it"""
        if self._root is not None:
            if self.entry is None:
                self.entry = id(frame)
            elif is_first:
                self._tasks.ended(frame)
            return
        if is_first:
            self._tasks.ended(frame)
        driver, is_delegate = frame.f_back, False
        if driver is None or driver.f_code.co_flags & SUSPENDABLE:
            is_delegate = self._is_delegating(driver)
            driver = self._resumptions.outermost(self._below(driver))
        callee = "throw" if driver is None and is_delegate else self._resumptions.callee(driver, frame.f_code)
        counting, is_iterated = self._counting, callee is None
        if is_iterated and (driver is None or not is_first and not counting.has_always):
            return
        if type(thrown) is GeneratorExit and callee not in ("close", "throw"):
            return
        if not is_delegate and not counting.is_task(frame) and id(frame) not in self._tasks.delegated:
            return
        root = self._root_of(frame, is_first or is_iterated) if is_delegate or _HIDES_DELEGATION else frame
        if not (counting.is_task_iterated(root, is_first) if is_iterated else counting.is_task(root)):
            return
        if self._waits.late:
            self._waits.catch_up()
        self._task, told = self._tasks.of(root), None
        if self._task is None:
            self._task, told = self._tasks.add(root, is_first)
        if self._task is not None and self._task.wait is not None:
            self._waits.resumes(self._task)
        self._root, self.entry = id(root), id(frame)
        self._callee, self._inner = callee, None
        self._simple = self.entry if told is None and self._task is not None and root is frame else None
        self._driver = self._observation.begin(self._task, driver, told, clock() - self._freed)
        if self._task is not None and driver is frame.f_back is not None and callee not in (None, "close", "throw"):
            self._note_usual(driver)
        self._began = clock()

    def _note_usual(self, driver):
        """Another step that this instruction makes needs no closer look, since no generator waits for what it resumes."""
        code = driver.f_code
        if not code.co_flags & SUSPENDABLE:
            self._usual_code, self._usual_at, self._usual_callee = code, driver.f_lasti, self._callee
            self._usual_number = self._driver if self._drivers.is_user(code) else None

    def begins_in(self, frame):
        """Code of a library begins that tells something of tasks."""
        self.libraries.begins(self._task, frame)

    def yields_in(self, frame, value):
        """Such code yields a value to what awaits it."""
        if self._task is not None:
            self.libraries.yields(self._task, frame, value)

    def returns_in(self, frame, value):
        """Such code returns a value."""
        self.libraries.returns(self._task, frame, value)

    def leave(self, frame, event, value):
        """A generator yields or ends: `event` and `value` are those of a step."""
        if id(frame) != self.entry:
            if event != "yielded":
                self._tasks.ended(frame)
            elif self._root is not None:
                self._pass_on(frame)
            return
        now = clock()
        if event != "yielded" and self.entry != self._root:
            self._tasks.ended(frame)
            self.entry = None
            return
        if event == "threw" and type(value) is StopIteration:
            value = _as_it_leaves(value, frame)
        if self._callee == "close" and (event == "returned" or event == "threw" and type(value) is GeneratorExit):
            event, value = "closed", value if event == "returned" else None
        point, inner = self._point(frame) if event == "yielded" else (0, ())
        if self.entry != self._root:
            inner = (*self._outside(frame), *inner)
        task = self._task
        self._root = self.entry = self._simple = self._task = None
        if event != "yielded":
            self._tasks.ended(frame)
        if task is None:
            self._observation.drop()
        else:
            task.inner = inner
            self._observation.step(task, event, value, now - self._began, point, self._driver, now, frame)
        self._freed = clock()

    def suspended_task(self, frame):
        """The task of a suspended frame, if no slice runs."""
        return self._tasks.of(frame) if self._root is None else None

    def close(self, task, driver):
        """A frame has closed a task, which did not run."""
        self._tasks.forget(task)
        driver = self._observation.begin(task, driver, None, clock() - self._freed)
        self._observation.step(task, "closed", None, 0.0, 0, driver, clock())
        self._freed = clock()

    def exits(self, frame):
        """A generator has just been resumed with a GeneratorExit. If nobody called for that, the collector closes it: that is no step."""
        if id(frame) == self.entry and self._callee not in ("close", "throw"):
            if self._observation.drop():
                self._tasks.take_back(self._task)
            self._root = self.entry = self._simple = self._task = None

    def _root_of(self, frame, is_seen):
        """
        The frame of the generator that delegates to another one, from outside of a slice.

        :param is_seen: whether it is on the stack, even where an exception that is thrown into it hides it
        """
        is_hidden = _HIDES_DELEGATION and not is_seen and self._tasks.of(frame) is None and not self._tasks.is_full
        root = outermost(frame) if is_hidden else frame
        while self._is_delegating(root.f_back):
            root = root.f_back
        return root

    def _below(self, frame):
        """The innermost of a frame and those below it that does not delegate; None where Python 3.9 loses the stack."""
        while self._is_delegating(frame):
            frame = frame.f_back
        return frame

    def _is_delegating(self, frame):
        return frame is not None and self._resumptions.is_delegating(frame) and is_user_file(frame.f_code.co_filename)

    def _outside(self, frame):
        """The frames to which the task's own delegates, up to this one."""
        within = []
        while frame is not None and id(frame) != self._root and not _HIDES_DELEGATION:
            within.insert(0, id(frame))
            frame = frame.f_back
        return within

    def _pass_on(self, frame):
        """Notes where a generator yields to the one that delegates to it."""
        parent = frame.f_back
        if parent is not None and self._resumptions.is_delegating(parent):
            point, inner = self._point(frame)
            self._inner = id(parent), point, (id(frame), *inner)
            if _HIDES_DELEGATION and not self._counting.is_task(frame):
                self._tasks.delegated.add(id(frame))

    def _point(self, frame):
        """The number of the innermost yield point, and the frames within this one that are suspended with it."""
        if self._inner is not None and self._inner[0] == id(frame) and self._resumptions.is_delegating(frame):
            return self._inner[1:]
        return self._places.number(frame), ()


def _as_it_leaves(stop, frame):
    """A StopIteration that leaves a generator is replaced by another error (PEP 479)."""
    kind = "coroutine" if frame.f_code.co_flags & 0x80 else "generator"
    error = RuntimeError("%s raised StopIteration" % kind)
    error.__cause__ = stop
    return error
