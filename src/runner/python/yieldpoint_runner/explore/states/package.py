"""What is known of the module `cotasks` when the state of a program is looked at: its objects show all of what they are, except for the time."""
import sys


def package_of(classes, engine):
    """
    The module as the program has it; None if it does not.

    :param classes: as the module has given them when it was loaded; None if nobody has
    :param engine: what its resources and requests belong to
    """
    module = sys.modules.get(classes[0].__module__) if classes is not None else None
    return None if module is None else Package(module, engine)


class Package:
    """`names` are those that the program's code was seen to use."""

    def __init__(self, module, engine):
        self.engine = engine
        self.name = module.__name__
        self.scope = vars(module)
        self.names = frozenset()
        self._now = self.scope.get("now")
        self._clocks = set()

    @property
    def reads_time(self):
        """Whether the program's code uses a name under which it has the function that gives the time."""
        return not self._clocks.isdisjoint(self.names)

    def met(self, module):
        """The program has a module."""
        if vars(module) is self.scope:
            self._clocks.add("now")

    def is_clock(self, name, value):
        """
        Whether a value is the function that gives the time.

        :param name: of the variable of a module that has it; None if it is somewhere else
        """
        if value is not self._now:
            return False
        if name is not None:
            self._clocks.add(name)
        return True
