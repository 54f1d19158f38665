"""Which generators are tasks, where the user has decided that for their functions."""

NEVER, ALWAYS = "never", "always"


class Counting:
    """
    `has_always` tells whether some function counts even where its generators are iterated over. Code objects are kept alive with their
    ids.
    """

    def __init__(self, decided, places, wire):
        """:param decided: `NEVER` or `ALWAYS` by the names of functions"""
        self.has_always = ALWAYS in decided.values()
        self._decided = decided
        self._places = places
        self._wire = wire
        self._told = {}

    def is_task(self, frame):
        """Whether a generator that runs in a frame is a task when a call resumes it."""
        return self._decision(frame) != NEVER

    def is_task_iterated(self, frame, is_first):
        """Whether it is one when something iterates over it. If not, the session is told of its function, once."""
        decision = self._decision(frame)
        if is_first and decision is None and id(frame.f_code) not in self._told:
            self._told[id(frame.f_code)] = frame.f_code
            self._wire.say({"event": "iterated", "function": self._places.function(frame)})
        return decision == ALWAYS

    def _decision(self, frame):
        return self._decided.get(self._places.function(frame)) if self._decided else None
