"""Where the tasks of a program were before and after each step of its orders."""
from ..source.suspension import frame_of, suspended
from .loops import HUNG, THREW
from .outcomes import point_of
from .strategies.strategy import Strategy

_NOWHERE = 0


class ToldStates:
    """
    A program as `Search` has it. A state is taken down before the next step begins, when everybody is awake who woke after the last one.
    """

    def __init__(self, run, program):
        """
        :param program: runs it
        """
        self._run = run
        self._program = program
        self._numbers = {}
        self._places = {}
        self._points = {None: _NOWHERE}
        self._described = [None]
        self._news = {"states": [], "orders": []}
        self._at = self._states = None

    def __getattr__(self, name):
        return getattr(self._program, name)

    @staticmethod
    def whole_state():
        """None: every order is told of."""
        return None

    def begin(self):
        self._at = {}
        self._states = []
        self._program.begin()

    def go_on(self, strategy, most, prints=None):
        return self._program.go_on(_Noting(strategy, self._note), most, prints)

    def outcome(self):
        self._note()
        number = self._program.outcome()
        self._news["orders"].append({"outcome": number, "picks": self._run.picks, "states": self._states})
        return number

    def news(self):
        """What was not told yet."""
        news, self._news = self._news, {"states": [], "orders": []}
        return news

    def _note(self):
        """
        Takes down the state. Only the task that ran last can be at another place than before. Where it hung, it is told of as it was before,
        since an interrupted task has no place any more.
        """
        run, at = self._run, self._at
        if run.picks and run.end != HUNG:
            at[run.picks[-1]] = self._place_of(run.iterators[run.picks[-1]])
        key = tuple([self._stands(number) for number in range(len(run.iterators))])
        number = self._numbers.get(key)
        if number is None:
            number = self._numbers[key] = len(self._numbers)
            self._news["states"].append([self._told(*stands) for stands in key])
        self._states.append(number)

    def _stands(self, number):
        run = self._run
        if number in run.returned or run.end == THREW and run.thrown[0] == number:
            return "over", _NOWHERE
        is_ = "blocked" if run.is_blocked(number) else "ready" if number in self._at else "created"
        return is_, self._at.get(number, _NOWHERE)

    def _told(self, is_, place):
        point = self._described[place]
        return {"is": is_} if point is None else {"is": is_, "point": point}

    def _place_of(self, iterator):
        """The number of the place at which a task is suspended."""
        frames = [frame_of(each) for each in suspended(iterator)]
        key = tuple([(id(frame.f_code), frame.f_lasti) for frame in frames])
        known = self._places.get(key)
        if known is None:
            # The code objects are kept alive, so that no others get the same ids.
            known = self._places[key] = ([frame.f_code for frame in frames], self._number(point_of(iterator)))
        return known[1]

    def _number(self, point):
        key = point and tuple(point.values())
        if key not in self._points:
            self._points[key] = len(self._described)
            self._described.append(point)
        return self._points[key]


class _Noting(Strategy):
    """A strategy that takes down the state before each step."""

    asks_always = True

    def __init__(self, strategy, note):
        self._strategy = strategy
        self._note = note
        self.ran = strategy.ran

    def pick(self, ready, last):
        self._note()
        return self._strategy.pick(ready, last) if len(ready) > 1 or self._strategy.asks_always else 0
