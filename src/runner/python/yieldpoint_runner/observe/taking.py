"""Takes in what user code wrote past the printing functions, but only after code that took long enough to have written something."""

"""The hooks take less than this, in seconds."""
_MOST = 2e-5


class Taking:
    """For one kind of code, such as slices. `_least` is the shortest time in seconds without any writing: that of the hooks."""

    def __init__(self, output):
        self._output = output
        self._has_replaced = False
        self._least = 0.0

    def take_in(self, seconds, step):
        """Called after user code that took so long; what it wrote belongs to the step."""
        output = self._output
        if seconds - self._least <= output.quick and not self._has_replaced:
            return
        before = output.collected
        self._has_replaced = output.take_in(step)
        if output.collected == before and seconds < (self._least or _MOST):
            self._least = seconds
