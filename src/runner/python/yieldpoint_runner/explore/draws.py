"""Whether the program draws from the generator of the module `random`, which then begins anew with each run."""
from ..clocks.noting import module_random

"""So many runs are looked at one after the other; from then on, twice as many pass each time before the next."""
_LOOKED_AT = 16


class Draws:
    """`looks_at` is the number of the next run before which it is to be asked."""

    def __init__(self, instances):
        """
        :param instances: know whether a file of the user's mentions random numbers
        """
        self._instances = instances
        self._is_drawing = False
        self._state = None
        self.looks_at = 1

    def are_due(self, run):
        """
        Before a run with at least that number: whether the run before may have drawn, so that the generator is to be seeded. That takes longer than
        most runs.

        :param run: its number, from 1
        """
        if self._is_drawing:
            return True
        self.looks_at = run + 1 if run < _LOOKED_AT else 2 * run
        state, module = self._state, module_random()
        self._state = module._inst.getstate() if module is not None else None
        self._is_drawing = self._instances.mentions_random() or state != self._state and run > 2
        return self._is_drawing or run == 1
