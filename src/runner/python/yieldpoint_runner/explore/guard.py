"""
Slices that must not run, since they end the process or do not give back control: runs that come to one end before it. Steps can also be
announced before they are made, so that the session knows which slice ended the process.
"""


class Fatal(BaseException):
    """Raised in place of such a slice. `end` is what the slice would do: `hung` or `died`."""

    def __init__(self, end):
        super().__init__(end)
        self.end = end


class Guard:
    def __init__(self, fatal, wire):
        """
        :param fatal: beginnings of runs, up to the slice that must not run
        :param wire: where steps are announced; None to announce none
        """
        self._wire = wire
        self._first = {}
        self._at = None
        for each in fatal:
            at = self._first
            for pick in each["picks"]:
                at = at.setdefault(pick, {})
            at[None] = each["end"]

    def begin(self):
        """A run begins."""
        self._at = self._first
        self._announce({})

    def check(self, number):
        """
        A task is about to be resumed.

        :raises Fatal: where it must not be
        """
        self._announce({"task": number})
        self._at = self._at.get(number, {})
        if None in self._at:
            raise Fatal(self._at[None])

    def around(self, number, resume):
        """How a task is resumed, with the check before it."""

        def checked(value):
            self.check(number)
            return resume(value)

        return checked

    def _announce(self, step):
        if self._wire is not None:
            self._wire.say(dict(step, event="resuming"))
            self._wire.flush()
