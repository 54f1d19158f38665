"""How runs ended, each way once."""
from operator import itemgetter

from ..execute.throws import thrown_of
from ..failures import raised_at
from ..source.points import place
from ..source.suspension import frame_of, suspended
from ..values.preview import preview
from .judging import INTERRUPTED
from .loops import ALL, BLOCKED, DEADLOCK, DIED, FIRST, HUNG, INVARIANT, LIVELOCK, STARVATION, THREW

_STUCK = (DEADLOCK, BLOCKED)
_MOST_OUTPUT = 2_000


class Outcomes:
    """Numbers them in the order in which they are met. `described` has what the session is told of each."""

    def __init__(self, judging, counts, printed):
        self._judging = judging
        self._counts_values = counts["values"]
        self._counts_output = counts["output"]
        self._printed = printed
        self._is_simple = counts["values"] and not counts["output"] and not judging.watches
        self._has_check = judging.check is not None
        self._known = {}
        self._expect(0)
        self.described = []

    def number_of(self, run):
        """The number of how a run ended."""
        end, broken = run.end, run.broken
        if self._has_check and (end == ALL or end == FIRST):
            broken = self._judging.broken_check(run.instances.scope)
        if end == ALL and self._is_simple:
            returned = run.returned
            if len(returned) != self._tasks:
                self._expect(len(returned))
            values = self._values_of(returned)
            for value in values:
                if value is not None and type(value) is not int:
                    values = tuple([each if type(each) is int or each is None else preview(each) for each in values])
                    break
            key = broken, values
            number = self._known.get(key)
            return self._describe(key, run, broken, (), None) if number is None else number
        judging = self._judging
        watches = judging.watched(run.instances.scope) if end not in (HUNG, DIED) else []
        output = self._printed.end() if self._counts_output else None
        key = (end, broken, *watches, output, *self._of_tasks(run, end))
        number = self._known.get(key)
        return self._describe(key, run, broken, watches, output) if number is None else number

    def _expect(self, tasks):
        """So many tasks will have returned. `_values_of` gives what they returned, in their order."""
        self._tasks = tasks
        self._values_of = itemgetter(*range(tasks)) if tasks > 1 else lambda returned: (*returned.values(),)

    def _describe(self, key, run, broken, watches, output):
        number = self._known[key] = len(self.described)
        self.described.append(_described(run, broken, watches, output))
        return number

    def _of_tasks(self, run, end):
        """What tells the ends of tasks apart."""
        for number in range(len(run.iterators)):
            if number not in run.returned:
                yield _stands(run, number)
            elif self._counts_values:
                value = run.returned[number]
                yield value if type(value) is int or value is None else preview(value)
            else:
                yield None
        if end == THREW:
            yield from _distinct(run.thrown[1])
        if run.cycle:
            yield tuple(_turned(run.cycle))
        if run.loop is not None:
            yield tuple(_endless(run))


def _distinct(error):
    """What tells exceptions apart."""
    if type(error) is RecursionError:
        # Which call becomes too deep, and hence the message, depends on the frames below. There are more of them where slices are tracked.
        yield "RecursionError"
        return
    yield preview(error)
    yield raised_at(error)


def _stands(run, number):
    """How and where a task stands that has not returned, by lines: columns may differ where slices are tracked."""
    chain = () if _is_in_loop(run, number) else suspended(run.iterators[number])
    return (_state(run, number), *((frame_of(each).f_code.co_filename, frame_of(each).f_lineno) for each in chain))


def _state(run, number):
    if run.thrown is not None and run.thrown[0] == number and run.end != DIED:
        return "threw"
    return "blocked" if run.is_blocked(number) else "ready" if number in run.picks else "created"


def _is_in_loop(run, number):
    """Whether a task goes round in a loop: it is everywhere in it."""
    return run.loop is not None and number in run.loop.running


def _endless(run):
    """The tasks that make a loop a failure: those that run in it without an end, or those that never run."""
    return run.loop.running if run.end == LIVELOCK else run.loop.starving


def _turned(cycle):
    """The same cycle from its smallest task on."""
    first = cycle.index(min(cycle))
    return cycle[first:] + cycle[:first]


def _described(run, broken, watches, output):
    names = run.names()
    outcome = {"end": run.end, "tasks": [_task(run, number, name) for number, name in enumerate(names)], "watches": list(watches)}
    if output is not None:
        outcome["output"] = shortened(output)
    if run.cycle:
        outcome["cycle"] = _turned(run.cycle)
    failing = _failing(run, broken, names)
    if failing is not None:
        outcome["failing"] = {"by": failing[0], "message": failing[1]}
    if run.end == THREW:
        outcome["thrown"] = thrown_of(run.thrown[1])
    return outcome


def _task(run, number, name):
    if number in run.returned:
        return {"name": name, "state": "returned", "value": preview(run.returned[number])}
    state = _state(run, number)
    if state != "threw":
        at = None if _is_in_loop(run, number) else point_of(run.iterators[number])
        return {"name": name, "state": state, **({"point": at} if at else {})}
    error = run.thrown[1]
    at = thrown_of(error).get("at")
    value = preview(error) if run.end == THREW else INTERRUPTED
    return {"name": name, "state": "threw", "value": value, **({"point": at} if at else {})}


def point_of(iterator):
    """Where a task is suspended; None where that is in no file."""
    return next(filter(None, map(place, reversed(suspended(iterator)))), None)


def shortened(output):
    """What was printed, as it is told."""
    return output if len(output) <= _MOST_OUTPUT else output[:_MOST_OUTPUT] + "…"


def _failing(run, broken, names):
    """By what a run fails, and what is said of it; None where it does not."""
    end = run.end
    if end == INVARIANT:
        return "invariant", broken
    if end in (THREW, HUNG, DIED):
        who = names[run.thrown[0]] if run.thrown[0] >= 0 else "The module"
        return end, who if end != THREW else "%s: %s" % (who, preview(run.thrown[1]))
    if end in (LIVELOCK, STARVATION):
        return end, ", ".join(names[number] for number in _endless(run))
    if end in _STUCK:
        return "deadlock", ", ".join(name for number, name in enumerate(names) if run.is_blocked(number))
    return None if broken is None else ("check", broken)
