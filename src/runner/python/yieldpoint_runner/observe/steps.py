"""The steps of an observed program that were recorded and not sent yet, in columns; who resumed their tasks is among them."""
from array import array

from ..control import clock
from ..process.recorder import MOST_STEPS
from .drivers import Drivers

"""The maximum time in seconds for which steps are kept, and the maximum share of all steps, one in this number."""
_STRETCH = 0.005
_UNSENT_SHARE = 8


class Steps:
    """
    `numbers` and `by` are columns: the numbers of the tasks and of their drivers. `goal` is the step after which the program has to wait.
    The steps are due at the time `until`, or when there are `most`. `are_checked` tells whether each of them may meet a condition.
    """

    def __init__(self, runner):
        self.goal = 0
        self.are_checked = False
        self.drivers = Drivers()
        self._wire = runner.wire
        self._recorder = runner.recorder
        self._throws = runner.throws
        self.numbers = []
        self.by = []
        self.most = 0
        self.until = 0.0

    def aim(self, goal, are_checked):
        """Sets the goal, and whether steps on the way may meet a condition."""
        self.goal, self.are_checked = goal, are_checked
        self._look_ahead()

    def yielded(self, number, text, seconds, point, driver):
        """Records a step whose task, given by its number, has yielded a value with this text."""
        recorder = self._recorder
        recorder.seconds.append(seconds)
        recorder.points.append(point)
        self.numbers.append(number)
        self.by.append(driver)
        recorder.values.append(text)

    def ended(self, number, event, value, seconds, driver):
        """Records a step with which a task has ended: `event` and `value` are those of the step."""
        recorder = self._recorder
        at = self._throws.tell(recorder.steps + 1, value) if event == "threw" else 0
        recorder.end(event, value, seconds, at)
        self.numbers.append(number)
        self.by.append(driver)

    def is_due(self, now):
        """Whether the steps have to be sent."""
        return now > self.until or len(self.numbers) >= self.most

    def send(self):
        """Queues the steps, after who resumed their tasks. May be called within a slice."""
        waiting = self._recorder.waiting
        numbers, by = array("H", self.numbers[:waiting]), self.by[:waiting]
        del self.numbers[:waiting], self.by[:waiting]
        drivers = self.drivers.take_new()
        if drivers:
            self._wire.say({"event": "drivers", "drivers": drivers})
        if waiting:
            runs = {"by": by[:1], "times": [waiting]} if by.count(by[0]) == waiting else {"by": by}
            self._wire.say({"event": "driven", "step": self._recorder.steps - waiting + 1, **runs})
        self._recorder.send(numbers)
        self._look_ahead()

    def _look_ahead(self):
        sent = self._recorder.steps - len(self.numbers)
        share = sent // (_UNSENT_SHARE - 1)
        self.most = min(self.goal - sent, MOST_STEPS, max(1, share))
        self.until = clock() + _STRETCH
