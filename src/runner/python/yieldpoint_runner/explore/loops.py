"""
The loops that resume the tasks of one run, in the order that a strategy picks. They end with the run, at the limit of steps, or where the
strategy gives the run up.
"""
from itertools import repeat

from ..control import door
from ..requests.awaited import NOTHING

"""How a run ended, by the words of the wire."""
ALL, FIRST, THREW, DEADLOCK, BLOCKED, CUT, HUNG, DIED, INVARIANT = "all", "first", "threw", "deadlock", "blocked", "cut", "hung", "died", "invariant"
LIVELOCK, STARVATION = "livelock", "starvation"


@door
def resume_plain(run, strategy, most, after):
    """
    The loop of tasks that wait for nothing. Gives what `pick` gave where it gave the run up, otherwise None; `run.end` says how it ended,
    and is None where a task has yielded a request: the other loop goes on.

    :param after: called after each slice with its task and what it yielded, returned or raised; gives whether the run is over. May be None
    """
    pick, drawn, is_always_asked = strategy.pick, strategy.drawn, strategy.asks_always
    bodies, ready, returned, picks = run.bodies, run.ready, run.returned, run.picks
    steps, last = repeat(None, most), -1
    while ready:
        try:
            if is_always_asked or len(ready) > 1:
                for _ in steps:
                    position = drawn.pop() * len(ready) >> 32 if drawn else pick(ready, last)
                    if position:
                        if position < 0:
                            return position
                        run.deviations += position
                    last = run.last = ready.pop(position)
                    value = bodies[last].send(None)
                    picks.append(last)
                    if after is None and (value is None or type(value) is int or type(value) is str):
                        ready.append(last)
                    elif run.has_yielded(last, value, after):
                        return None
            else:
                last = run.last = ready.pop()
                resume = bodies[last].send
                for _ in steps:
                    value = resume(None)
                    picks.append(last)
                    if after is not None or value is not None and type(value) is not int and type(value) is not str:
                        if run.has_yielded(last, value, after):
                            return None
                        ready.pop()
                ready.append(last)
            run.end = CUT
            return None
        except StopIteration as over:
            value = over.value
        except BaseException as error:
            run.threw(last, error, after)
            return None
        picks.append(last)
        returned[last] = value
        if after is not None and after(last, value):
            return None
        if run.is_first:
            run.end = FIRST
            return None
    run.end = ALL
    return None


@door
def resume_waiting(run, strategy, most, after):
    """The same loop for tasks that may wait."""
    pick, is_always_asked = strategy.pick, strategy.asks_always
    bodies, ready, picks, returned = run.bodies, run.ready, run.picks, run.returned
    requests, time, last = run.requests, run.clock, run.last
    engine, kinds, inbox = requests.engine, requests.kinds.known, requests.inbox
    rows, woken, heap = engine.rows, engine.woken, engine.timers.heap
    given, errors = engine.replies.values, engine.replies.errors
    ranking = run.ranking
    while ready or run.comes_to_somebody():
        if len(picks) == most:
            run.end = CUT
            return None
        if is_always_asked or len(ready) > 1:
            ranked = ready if ranking is None else ranking.order(ready)
            position = pick(ranked, last)
            if position < 0:
                return position
            run.deviations += position
            last = run.last = ranked[position]
            ready.remove(last)
        else:
            last = run.last = ready.pop()
        if ranking is not None:
            ranking.ran(last)
        engine.running, rows.step = last, len(picks) + 1
        kind, is_over, is_ready = NOTHING, False, True
        try:
            value = run.throw_into(last, errors.pop(last)) if last in errors else bodies[last].send(given.pop(last, None))
        except StopIteration as over:
            is_over, is_ready = True, False
            returned[last] = value = over.value
        except BaseException as error:
            run.threw(last, error, after)
            return None
        picks.append(last)
        if is_over:
            requests.ended(run.task(last), "returned", value, len(picks))
            engine.running = last
        elif value is not None and type(value) is not int and type(value) is not str:
            known = kinds.get(id(type(value)))
            kind = known[0] if known is not None else requests.asked_by(run.task(last), value)
            if kind != NOTHING:
                is_ready = not requests.serve(run.task(last), value, kind)
        engine.running = None
        if ranking is not None and not is_ready:
            ranking.leave(last)
        if woken:
            run.enter_woken()
        if is_ready:
            ready.append(last)
        if kind != NOTHING:
            run.hand_over(engine.take_next())
        if inbox or heap and heap[0][0] <= time.at():
            run.wake()
        if after is not None and after(last, value):
            return None
        if is_over and run.is_first:
            run.end = FIRST
            return None
    run.cycle = engine.take_deadlock() or engine.cycle_at_rest()
    run.end = DEADLOCK if run.cycle else ALL if len(returned) == len(run.iterators) else BLOCKED
    return None
