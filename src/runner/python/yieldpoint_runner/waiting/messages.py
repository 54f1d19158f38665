"""The messages for invalid requests: the same texts, under the same names, as in `src/core/waiting/messages.ts`."""

MESSAGES = {
    "notHolder": "{resource} was released by {task}, but {holder} holds it. Only the task that acquired a mutex can release it.",
    "closedChannel": "{resource} is closed, so nothing can be put into it. Close a channel after the last put.",
    "selfJoin": "{task} waits for its own end, which can never come. Join another task.",
    "closedTask": "{task} was closed before it returned, so join has no value to give.",
    "badSleep": "sleep needs a finite time that is not negative, but was given {time}.",
    "otherOwner": "This request was not made by this run. "
    "Yield what acquire(), take(), sleep() and so on return, and create requests anew in each run.",
    "usedTwice": "This request was yielded before. Make a new one for each yield: call acquire(), take(), sleep() and so on again.",
    "badPermits": "semaphore needs a whole number of permits that is not negative, but was given {count}.",
    "badCapacity": "channel needs a capacity that is a whole number and not negative, or none to be unbounded, but was given {count}.",
    "badPart": "{group} combines requests that wait, but part {part} is something else. any, all, spawn and hand-over cannot be parts.",
    "noParts": "any was given nothing to wait for. Give it at least one request.",
    "notTask": "The request names a task that does not exist in this run. Use the handle that spawn returned.",
}


def message_of(host, kind, **words):
    """Makes the error for one of the messages; `words` replace its placeholders."""
    return host.error(kind, MESSAGES[kind].format(**words))
