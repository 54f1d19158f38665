"""Starvation by priority. Choose the policy "Priority", give `urgent` the priority 2, and run until all are over: `patient` is ready all
the time, and gets its first step only when `urgent` has ended. The warning says so. Under round-robin they take turns; with ageing, waiting
raises the priority, and the wait has an end."""
# @tasks urgent() patient()


def urgent():
    """There is always more to do."""
    for job in range(1, 3_001):
        yield f"urgent job {job}"
    return "all jobs done"


def patient():
    """Needs only three steps."""
    for job in range(1, 4):
        yield f"small job {job}"
    return "at last"
