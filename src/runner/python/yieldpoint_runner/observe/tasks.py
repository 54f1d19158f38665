"""The tasks of an observed program. None is kept alive: a task is known by its frame, which is one object as long as the task lives."""
from weakref import ref

from ..execute.tasks import MOST_TASKS, TaskNames
from ..source.points import beginning, place
from ..source.suspension import frame_of, generators, is_created, suspended
from .resumption import can_be_task


class ObservedTask:
    """
    `frame` is the id of its frame, `points` has the numbers of its own yield points that are known, by their instructions. `value` is what the task last yielded, returned or raised, if `is_started`: while the program rests
    after its step. `inner` are the ids of the frames to which it delegated in that step, outermost first. `awaited` is what a coroutine of
    a library waits for that has yielded in the running slice, and what it has yielded. `wait` is what the task waits for, if it is
    blocked; `limits` are the time limits within which it runs.
    """

    __slots__ = ("number", "name", "shown", "scope", "value", "is_started", "is_over", "inner", "frame", "code", "points", "awaited", "wait", "limits")

    def __init__(self, number, name, shown, scope, frame, points):
        self.number = number
        self.name = name
        self.shown = shown
        self.scope = scope
        self.frame = id(frame)
        self.code = frame.f_code
        self.points = points
        self.is_over = False
        self.awaited = self.wait = None
        self.limits = ()
        self.forget()

    def forget(self):
        """Must be called before the program goes on."""
        self.value = None
        self.is_started = False
        self.inner = ()

    def is_of(self, frame):
        """Whether a frame with the same id is that of the task."""
        return frame.f_code is self.code and not self.is_over

    def stack(self):
        """Its generator and those that it waits for, innermost last; empty if it has ended."""
        if self.is_over:
            return []
        found = generators([self.frame, *self.inner])
        if found[0] is None or frame_of(found[0]).f_code is not self.code:
            return []
        # A generator that has just yielded, and where the program rests, does not say what it delegates to.
        return [each for each in found if each is not None] if self.inner else suspended(found[0])


class ObservedTasks:
    """
    `by_number` has all tasks, `by_frame` those that have begun and not ended, by the ids of their frames. `_expected` are those of which
    somebody has waited for the end before they began, with their coroutines. `delegated` are the ids of frames that are no tasks, but to
    which one delegates, where the stack may hide that.
    """

    def __init__(self, scope, places, counting):
        """`given_name` has to be set: it gives the name that the program gave the task of a frame, or None."""
        self.given_name = None
        self.by_number = {}
        self.by_frame = {}
        self.delegated = set()
        self._expected = {}
        self._names = TaskNames()
        self._scope = scope
        self._places = places
        self._counting = counting

    def of(self, frame):
        """The task of a frame; None if it is not known."""
        task = self.by_frame.get(id(frame))
        return task if task is not None and task.is_of(frame) else None

    @property
    def is_full(self):
        """Whether there can be no more tasks."""
        return len(self.by_number) == MOST_TASKS

    def add(self, frame, is_first):
        """
        Adds a task that is resumed.

        :param is_first: whether it begins
        :return: the task, and what is told of it if it was not known; the task is None if there are too many
        """
        expected = self._expected_with(frame)
        if expected is not None:
            del self._expected[id(frame)]
            self.by_frame[id(frame)] = expected
            return expected, None
        if self.is_full:
            return None, None
        task, told = self._added(frame, self.given_name(frame))
        self.by_frame[id(frame)] = task
        if not is_first:
            generator = generators([id(frame)])[0]
            at = told.get("point") if generator is None else place(generator)
            told.update({"begun": True, **({"point": at} if at else {})})
        return task, told

    def expect(self, coroutine, name):
        """
        The task that runs a coroutine or a generator, which may be None. One that has not begun is added.

        :param name: gives the name of a new one, or None
        :return: the task, and what is told of it if it was added; the task is None if there is none
        """
        frame = None if coroutine is None else frame_of(coroutine)
        if frame is None:
            return None, None
        known = self.of(frame) or self._expected_with(frame)
        if known is not None or self.is_full or not self._may_begin_task(frame, coroutine):
            return known, None
        task, told = self._added(frame, name())
        self._expected[id(frame)] = task, ref(coroutine)
        return task, told

    def _may_begin_task(self, frame, coroutine):
        return can_be_task(frame.f_code) and is_created(coroutine) and self._counting.is_task(frame)

    def _expected_with(self, frame):
        task, coroutine = self._expected.get(id(frame), (None, None))
        # A frame is that of the task as long as there is its coroutine.
        return task if task is not None and coroutine() is not None else None

    def _added(self, frame, given):
        number = len(self.by_number)
        function = self._places.function(frame)
        name = given or function
        at = beginning(frame.f_code, function)
        task = self.by_number[number] = self._made(number, name, frame)
        return task, {"task": number, "name": name, "call": function + "(…)", **({"point": at} if at else {})}

    def _made(self, number, name, frame):
        points = self._places.numbers(frame.f_code)
        return ObservedTask(number, name, self._names.unique(name), self._scope, frame, points)

    def ended(self, frame):
        """Forgets a frame, whose id may be that of another one later."""
        self.delegated.discard(id(frame))
        task = self.by_frame.pop(id(frame), None)
        if task is not None:
            task.is_over = True

    def forget(self, task):
        """Forgets the frame of a task that has ended."""
        task.is_over = True
        if self.by_frame.get(task.frame) is task:
            del self.by_frame[task.frame]

    def forget_all(self):
        """Forgets all tasks, and the namespace of the program."""
        self.by_number.clear()
        self.by_frame.clear()
        self._expected.clear()
        self._scope = None

    def take_back(self, task):
        """Takes back the task that was added last."""
        self.forget(task)
        del self.by_number[task.number]
