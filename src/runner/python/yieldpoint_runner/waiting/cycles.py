"""Cycles of tasks that wait for one another."""


def cycle_from(task, waker_of, tasks):
    """
    The cycle through a task: the task itself, the one that it waits for, and so on. None if there is none.

    :param waker_of: gives the only task that can wake another; None if there is none, or more than one
    :param tasks: how many tasks there are: a longer walk is caught in a cycle that does not contain the task
    """
    cycle = [task]
    at = waker_of(task)
    while at != task:
        if at is None or len(cycle) > tasks:
            return None
        cycle.append(at)
        at = waker_of(at)
    return cycle
