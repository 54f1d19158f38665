"""Takes in what user code wrote past the printing functions, but only after code that took long enough to have written something."""

"""The hooks take less than this, in seconds."""
_MOST = 2e-5


class Taking:
    """
    For one kind of code, such as slices. Code that took no longer than `quick`, in seconds, has written nothing. `_least` is the shortest
    time without any writing: that of the hooks.
    """

    def __init__(self, output):
        self._output = output
        self._least = 0.0
        self.quick = output.quick

    def take_in(self, seconds, step):
        """Called after user code that took so long; what it wrote belongs to the step."""
        output = self._output
        if seconds <= self.quick:
            return
        before = output.collected
        has_replaced = output.take_in(step)
        if output.collected == before and seconds < (self._least or _MOST):
            self._least = seconds
        self.quick = -1.0 if has_replaced else self._least + output.quick
