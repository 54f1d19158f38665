"""A run that ends where it goes round in a loop of states for ever."""
from ..loops import CUT
from ..strategies.strategy import Strategy

"""What `pick` gives where the run is over for that reason."""
_LOOPED = -3


class LoopingRun:
    """A program as `Search` has it."""

    def __init__(self, run, loops, whole, is_policys):
        """
        :param run: the program itself
        :param whole: gives its state
        :param is_policys: whether a policy decides who runs in a loop, rather than anybody
        """
        self._run = run
        self._whole = whole
        self._is_policys = is_policys
        self._kept = 0
        self.loops = loops

    def __getattr__(self, name):
        return getattr(self._run, name)

    @property
    def deviations(self):
        """How many tasks were passed over of those that may run."""
        return self._run.deviations - self._kept

    @staticmethod
    def whole_state():
        """None: what can still come of the run also depends on the states that it has come through."""
        return None

    def begin(self):
        self._kept = 0
        self.loops.begin()
        self._run.begin()

    def go_on(self, strategy, most, prints=None):
        run = self._run
        given_up = run.go_on(_Turns(self, strategy), most, prints)
        if given_up is None and run.end == CUT:
            self.may_run(run.ranked())
        if self.loops.loop is not None:
            run.endless(self.loops.loop)
            return None
        return given_up

    def may_run(self, ready):
        """Those of the ready tasks that may run next; none if the run goes round in a loop."""
        state = self._whole.of(self._run)
        if state is not None and self._is_policys:
            state = self._run.policy_state(), state
        return self.loops.comes_to(state, ready)

    def picks_at(self, ready, may_run, position):
        """A task is picked. Gives its position among all that are ready."""
        task = may_run[position]
        at = ready.index(task)
        self._kept += at - position
        self.loops.picked(task, at)
        return at


class _Turns(Strategy):
    """A strategy that chooses among the tasks that may run."""

    asks_always = True

    def __init__(self, run, strategy):
        self._run = run
        self._strategy = strategy
        self.ran = strategy.ran

    def pick(self, ready, last):
        run, strategy = self._run, self._strategy
        may_run = run.may_run(ready)
        if not may_run:
            return _LOOPED
        position = strategy.pick(may_run, last) if len(may_run) > 1 or strategy.asks_always else 0
        return position if position < 0 else run.picks_at(ready, may_run, position)
