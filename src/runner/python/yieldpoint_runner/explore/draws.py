"""Whether the program draws from the generator of the module `random`, which then begins anew with each run."""
from ..clocks.noting import module_random

"""So many runs are looked at one after the other; from then on, twice as many pass each time before the next."""
_LOOKED_AT = 16


class Draws:
    def __init__(self, instances):
        """
        :param instances: know whether a file of the user's mentions random numbers
        """
        self._instances = instances
        self._is_drawing = False
        self._runs = 0
        self._next = 0
        self._state = None

    def are_due(self):
        """Before each run: whether the run before may have drawn, so that the generator is to be seeded. That takes longer than most runs."""
        self._runs += 1
        return self._runs >= self._next and self._look()

    def _look(self):
        if self._is_drawing:
            return True
        self._next = self._runs + 1 if self._runs < _LOOKED_AT else 2 * self._runs
        state, module = self._state, module_random()
        self._state = module._inst.getstate() if module is not None else None
        self._is_drawing = self._instances.mentions_random() or state != self._state and self._runs > 2
        return self._is_drawing or self._runs == 1
