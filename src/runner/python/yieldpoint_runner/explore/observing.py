"""What is looked at after each step of a run, where somebody wants to know."""
from ..execute.throws import thrown_of
from ..source.suspension import frame_of, suspended
from ..values.preview import preview
from .loops import INVARIANT
from .outcomes import point_of
from .tracking.marks import INVARIANT as PLACE


class Observer:
    """
    `is_needed` says whether it is wanted in every run. `marks` has what the slice that runs touches, or is None. `steps` has what the last run touched step by step, and where each step ended, if
    `is_detailed`.
    """

    def __init__(self, judging, marks):
        """
        :param marks: None where it need not be known what slices touch
        """
        self._judging = judging
        self.marks = marks
        self.is_needed = marks is not None or judging.invariant is not None
        self.is_detailed = False
        self.steps = []
        self._read = None

    def after(self, run, strategy, prints):
        """What a loop calls after each slice, with its task and what it gave; says whether the run is over."""
        marks, ran, is_detailed = self.marks, strategy.ran, self.is_detailed
        has_invariant = self._judging.invariant is not None
        steps = self.steps = []
        print_ = 0
        if marks is not None:
            self._begin(run)

        def after(task, value):
            nonlocal print_
            touched = marks.taken() if marks is not None else None
            if has_invariant and run.end is None:
                self._hold(run, touched)
            if touched is not None and (run.end is not None or run.is_first and task in run.returned):
                # Whatever else could have run does not.
                touched.all = True
            if ran is not None:
                ran(task, touched)
            if prints is not None:
                print_ = hash((print_, task, _stands(run.iterators[task]), _shown(value)))
                prints.append(print_)
            if is_detailed:
                steps.append((_point_after(run, task), touched))
            return run.end is not None

        return after

    def _begin(self, run):
        self.marks.begin()
        if self._judging.invariant is not None:
            self._judging.broken_invariant(run.instances.scope)
            self._read = self.marks.taken()

    def _hold(self, run, touched):
        """Slices that may change what the invariant sees cannot change places without a difference."""
        run.broken = self._judging.broken_invariant(run.instances.scope)
        if run.broken is not None:
            run.end = INVARIANT
        if touched is None:
            return
        before, after = self._read, self.marks.taken()
        self._read = after
        if touched.all or after.all or not set(touched.writes).isdisjoint(before.reads + after.reads):
            touched.writes = sorted({*touched.writes, self.marks.place(PLACE)})


def _point_after(run, task):
    """Where a step ended."""
    if run.thrown is not None and run.thrown[0] == task:
        return thrown_of(run.thrown[1]).get("at")
    return point_of(run.iterators[task])


def _stands(iterator):
    return tuple(frame_of(each).f_lasti for each in suspended(iterator))


def _shown(value):
    return value if type(value) is int or value is None else preview(value)
