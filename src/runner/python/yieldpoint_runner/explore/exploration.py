"""A search that the session has asked for, and single schedules in all detail."""
import os
from itertools import chain, repeat

from ..control import Interruption, clock
from ..failures import RequestError
from ..process.forked import end_forked
from ..load.module import compiled, compiled_file
from .instance import Instances, Source, check_all
from .judging import Judging
from .observing import Observer
from .outcomes import Outcomes
from .outside import Outside
from .printed import Printed
from .program import Run
from .search import Search
from .states.looping_run import LoopingRun
from .states.loops import Loops
from .states.whole_state import WholeState
from .strategies.registry import make_strategy, merges_states, tracks_slices
from .strategies.strategy import Strategy
from .told_states import ToldStates
from .tracking.marks import Marks
from .tracking.tracked import Tracking

"""Where turns take less than so many seconds, so many more are made before the clock is read again."""
_MOMENT, _AT_ONCE = 0.001, 8


class Exploration:
    def __init__(self, runner, modules, fields):
        """
        :param modules: the session's file, and the others that calls are evaluated in, all loaded
        :raises RequestError: where an expression has a syntax error
        """
        self._runner = runner
        self._fields = fields
        self._sources = [Source(module) for module in modules]
        files = [source.file for source in self._sources]
        self._calls = [(each["call"], files.index(os.path.abspath(each["file"])) if "file" in each else 0) for each in fields["calls"]]
        self._outside = Outside()
        self._printed = Printed(runner.output, fields["counts"]["output"])
        self._told = set()
        self._count_steps = None
        self._threads = runner.threads
        if runner.threads is not None:
            runner.threads.reuse()
        self._tracking = Tracking() if runner.threads is None else AccessTracking()
        self._tracking.marks.counts_output = fields["counts"]["output"]
        self._is_tracked = tracks_slices(fields["strategy"])
        if self._threads is not None and self._is_tracked:
            raise RequestError("bad-request", "What threads touch is not tracked.", remedy="Choose a strategy such as preemptions or random.")
        judging = self._judging(compiled)
        self._outcomes = Outcomes(judging, fields["counts"], self._printed)
        self._run = self._make_tracked_run() if self._is_tracked else self._make_run(compiled_file, compiled, judging, None)
        self._tracked_run = self._run if self._is_tracked else None
        shard = fields["shard"]["index"], fields["shard"]["of"]
        try:
            self._strategy = make_strategy(fields["strategy"], shard, fields.get("position"))
        except ValueError as error:
            raise RequestError("bad-request", str(error)) from None
        self._merges = merges_states(fields["strategy"])
        self._whole = WholeState() if fields.get("findsLoops") or self._merges else None
        self._run.whole = self._whole
        program = self._searched = self._looping(self._run)
        self._states = ToldStates(self._run, program) if fields.get("tellsStates") else None
        self._search = Search(self._states or program, self._strategy, fields["steps"], shard[0])
        self._printed.take_over()

    def begin(self):
        """
        Makes one instance, to find out whether its calls make tasks.

        :raises RequestError: where one does not
        :raises BaseException: what a call raises
        """
        self._runner.surroundings.forget_user_modules()
        self._run.instances.use()
        self._run.begin()
        if self._run.thrown is not None:
            raise self._run.thrown[1]
        check_all(self._run.iterators)

    def go_on(self, orders, millis):
        """Goes on for so many runs and about so long, and gives the news."""
        self._run.instances.use()
        self._enter()
        try:
            self._search.run(chain.from_iterable(self._stretches(orders, clock() + millis / 1000)))
        except Interruption:
            raise RequestError("interrupted", "Interrupted.") from None
        finally:
            self._leave()
        return self._news()

    def execute(self, schedules):
        """Runs single schedules, and gives how each went."""
        if self._tracked_run is None:
            self._tracked_run = self._make_tracked_run()
        self._tracked_run.instances.use()
        self._enter(self._tracked_run)
        if self._threads is not None:
            self._threads.marks = self._tracking.marks
        try:
            return [self._executed(schedule) for schedule in schedules]
        finally:
            self._leave()

    def _stretches(self, orders, until):
        """So many turns, a few at a time, unless the time is over or the session wants something else."""
        turns = [None]
        self._runner.control.publish(turns, 1 << 62)
        at_once, began = 1, clock()
        while orders > 0 and turns and began <= until:
            yield repeat(None, min(at_once, orders))
            orders -= at_once
            ended = clock()
            at_once = _AT_ONCE if ended - began < _MOMENT else 1
            began = ended

    def _executed(self, schedule):
        run = self._looping(self._tracked_run)
        observer, printed = self._tracked_run.observer, self._printed
        marks, counts_output = self._tracking.marks, self._fields["counts"]["output"]
        observer.is_detailed = printed.is_wanted = marks.counts_output = True
        followed = Schedule(schedule)
        try:
            run.begin()
            run.go_on(followed, self._fields["steps"])
            output = printed.end()
            number = run.outcome()
        finally:
            observer.is_detailed = False
            printed.is_wanted = marks.counts_output = counts_output
        clock = marks.clock
        # If nobody reads the time, it does not matter that it passes.
        hidden = () if any(clock in touched.writes for _, touched in observer.steps) else (clock,)
        steps = [_step(passed, point, touched, hidden) for passed, (point, touched) in zip(followed.passed, observer.steps)]
        loop = {"loopFrom": run.loop.start} if run.loop is not None else {}
        return {
            **loop,
            "id": number,
            "outcome": self._outcomes.described[number],
            "picks": run.picks,
            "steps": steps,
            "places": marks.names,
            "output": output,
        }

    def _judging(self, compile_expression):
        fields = self._fields
        return Judging(fields.get("check"), fields.get("invariant"), fields["watches"], compile_expression)

    def _make_tracked_run(self):
        tracking = self._tracking
        return self._make_run(tracking.compiled, tracking.compiled_expression, self._judging(tracking.compiled_expression), tracking.marks)

    def _make_run(self, compile_file, compile_expression, judging, marks):
        instances = Instances(self._sources, self._calls, compile_file, compile_expression, self._threads)
        return Run(self._runner, instances, Observer(judging, marks), self._outcomes, self._printed, self._outside, self._fields)

    def _looping(self, run):
        """The program as it is searched for loops; the program itself if it is not."""
        if not self._fields.get("findsLoops"):
            return run
        is_policys = self._fields["strategy"].split(":")[0] == "delays"
        return LoopingRun(run, Loops(is_policys), self._whole, is_policys)

    def _enter(self, run=None):
        run = run or self._run
        control = self._runner.control
        self._count_steps, control.count_steps = control.count_steps, run.progress
        control.enter(lambda: run.last if run.last >= 0 else None)
        self._outside.listen()

    def _leave(self):
        self._outside.stop()
        self._runner.control.leave()
        self._runner.control.count_steps = self._count_steps
        end_forked(self._runner.wire, None)

    def _news(self):
        search, described = self._search, self._outcomes.described
        news = search.news()
        for met in news["outcomes"]:
            if met["id"] not in self._told:
                self._told.add(met["id"])
                met["outcome"] = described[met["id"]]
        sizes = search.sizes
        found = {
            **news,
            "done": search.is_done,
            "position": self._strategy.position(),
            "opaque": list(self._tracking.marks.opaque),
            "longest": search.longest,
            "tasks": search.tasks,
            "sizes": {"runs": sizes.runs, "mean": sizes.mean, "variance": sizes.variance},
        }
        told = self._states.news() if self._states is not None else None
        more = {"differs": search.differs, "outside": self._outside.met, "told": told}
        if self._whole is not None:
            more["hidden"] = self._whole.hidden
        if self._searched is not self._run:
            more["returned"] = self._searched.loops.has_returned or None
        if not self._merges:
            del found["merged"]
        return {**found, **{key: value for key, value in more.items() if value is not None}}


class AccessTracking:
    """In the place of `Tracking` for threads, whose switch points tell what comes next: the code stays as it is."""

    def __init__(self):
        self.marks = Marks()
        self.compiled = compiled_file
        self.compiled_expression = compiled


class Schedule(Strategy):
    """
    A list of picks, of which those that are not ready are left out; after the last one the policy goes on. `passed` are how many ready tasks were
    passed over at each step.
    """

    asks_always = True

    def __init__(self, picks):
        self._picks = iter(picks)
        self.passed = []

    def pick(self, ready, _last):
        position = next((ready.index(pick) for pick in self._picks if pick in ready), 0)
        self.passed.append(position)
        return position


def _step(passed, point, touched, hidden):
    reads = [place for place in touched.reads if place not in hidden]
    step = {"passed": passed, "reads": reads, "writes": touched.writes, "all": touched.all}
    return step if point is None else dict(step, point=point)
