"""The loops that resume tasks, step by step. Each returns the exception of the last slice, or None, and how long that slice took."""
from ..control import clock, door
from ..requests.awaited import NOTHING, REQUEST
from ..values.preview import preview

"""Ints of up to this many bits are recorded unchanged. The loops have a faster test for ints that fit in one digit of CPython."""
_WORD = 63
"""The maximum time in seconds before a chunk is sent, even if it is not full. Unsent steps are lost if the process dies."""
_STRETCH = 0.005


def kept(task, value):
    """The form in which a value is recorded. A value that may change or be long is stored in the task, and recorded as a preview."""
    if type(value) is int and value.bit_length() <= _WORD:
        return value
    task.value = value
    return preview(value)


@door
def resume_in_turn(turns, recorder, keep, quick, slow_slice):
    """
    The fast loop: for tasks that have only one yield point each, and without conditions. A single reading of the clock ends one slice
    and begins the next. A pause empties the list of turns.
    """
    seconds, values = recorder.seconds.append, recorder.values.append
    until = clock() + _STRETCH
    before = clock()
    try:
        for resume, task in turns:
            value = resume(None)
            now = clock()
            spent = now - before
            seconds(spent)
            values(value if value is None or type(value) is int and -(2**30) < value < 2**30 else keep(task, value))
            before = now
            if spent > quick:
                if slow_slice(until - now):
                    break
                before = clock()
    except BaseException as error:
        return error, clock() - before
    return None, 0.0


@door
def resume_until(turns, recorder, conditions, keep, quick, slow_slice):
    """The same loop if each slice's yield point must be looked up. Ends after a step that met a condition."""
    seconds, values, points = recorder.seconds.append, recorder.values.append, recorder.points.append
    locate, reach, meet = conditions.locate_recorded, conditions.reach, conditions.meet
    until = clock() + _STRETCH
    before = clock()
    try:
        for resume, frame, table, task in turns:
            value = resume(None)
            now = clock()
            spent = now - before
            seconds(spent)
            values(value if value is None or type(value) is int and -(2**30) < value < 2**30 else keep(task, value))
            point = table[frame.f_lasti] or locate(task.iterator)
            points(point)
            before = now
            if point in reach:
                if spent > quick:
                    slow_slice(0.0)
                if meet(task, point, value):
                    break
                before = clock()
                if before > until:
                    break
            elif spent > quick:
                if slow_slice(until - now):
                    break
                before = clock()
    except BaseException as error:
        spent = clock() - before
        # See `Advance._stretch`.
        turns = frame = value = None
        return error, spent
    return None, 0.0


@door
def resume_waiting(turns, order, requests, recorder, conditions, quick, slow_slice):
    """
    The same loop for tasks that may wait. A task is resumed with the result of its wait. The tasks that a slice woke are ready
    afterwards. A turn of None stands for the head of the queue. The loop also ends if no task is ready, and also returns why the plan
    ends. The time between two slices is not counted here, because serving requests takes longer than most slices.
    """
    seconds, values, points = recorder.seconds.append, recorder.values.append, recorder.points.append
    locate, reach, meet = conditions.locate_recorded, conditions.reach, conditions.meet
    engine, inbox, kinds, serve, text_of = requests.engine, requests.inbox, requests.kinds.known, requests.serve, requests.text_of
    rows, woken, heap, has_come = engine.rows, engine.woken, engine.timers.heap, requests.clock.has_come
    given, errors = engine.replies.values, engine.replies.errors
    queue, note, settle = order.queue, order.note, order.settle
    step = recorder.steps
    stopped = None
    before = clock()
    until = before + _STRETCH
    try:
        for turn in turns:
            if queue is not None:
                if not queue:
                    break
                turn = queue.popleft()
            resume, frame, table, task = turn
            number = task.number
            note(number)
            engine.running, rows.step = number, step + 1
            before = clock()
            value = task.throw(errors.pop(number)) if number in errors else resume(given.pop(number, None))
            now = clock()
            spent = now - before
            seconds(spent)
            step += 1
            task.value = value
            kind, is_ready = NOTHING, True
            if value is None or type(value) is int and -(2**30) < value < 2**30:
                values(value)
            else:
                known = kinds.get(id(type(value)))
                kind = REQUEST if known is not None and known[0] == REQUEST else requests.asked_by(task, value)
                values(text_of(value) if kind == REQUEST else kept(task, value))
                if kind != NOTHING:
                    is_ready = not serve(task, value, kind)
            engine.running = None
            point = table[frame.f_lasti] or locate(task.iterator)
            points(point)
            is_met = False
            if point in reach:
                if spent > quick:
                    slow_slice(0.0)
                is_met = meet(task, point, value)
            elif spent > quick and spent - requests.spent(step) > quick:
                is_met = slow_slice(until - now)
            if kind != NOTHING or woken or engine.deadlock is not None:
                stopped = settle(engine, turn, is_ready)
            elif queue is not None:
                queue.append(turn)
            if inbox or heap and has_come(heap[0][0], now, step):
                requests.wake(now)
                stopped = order.enter(engine) or stopped
            if stopped is not None or is_met or now > until:
                break
    except BaseException as error:
        if engine.running is None or len(recorder.seconds) != recorder.waiting:
            raise
        engine.running = None
        spent = clock() - before
        # See `Advance._stretch`.
        turns = turn = resume = frame = task = value = None
        return error, spent, None
    return None, 0.0, stopped
