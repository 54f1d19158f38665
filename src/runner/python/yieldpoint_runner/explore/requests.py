"""The requests of a run that is one of very many: nobody is told of them."""
from ..requests.awaited import REQUEST
from ..requests.requests import Requests
from ..waiting.request import ACQUIRE, EVENT, JOIN, PUT, SLEEP, TAKE

_OF_RESOURCES = (ACQUIRE, PUT, TAKE, EVENT)


class RunRequests(Requests):
    """Also used where the program has the module that makes requests."""

    def __init__(self, run, clock, marks):
        """
        :param marks: of what a slice touches; None where nobody wants to know
        """
        super().__init__(run, clock)
        self._marks = marks

    def learn(self, classes):
        super().learn(classes)
        self.is_used = True

    def serve(self, task, value, kind):
        if self._marks is not None:
            for each in (value.parts or (value,)) if kind == REQUEST else ():
                self._touch(each.operation, each.object)
            if kind != REQUEST:
                self._marks.writes.add(self._marks.scheduler)
        return super().serve(task, value, kind)

    def used(self, number):
        if self._marks is not None:
            self._touch(ACQUIRE, number)

    def ended(self, task, how, value, step):
        if self._marks is not None:
            self._marks.writes.add(self._end_of(task.number))
        super().ended(task, how, value, step)

    def _touch(self, operation, number):
        """A request was yielded, or a method of a resource was called."""
        marks = self._marks
        resource = self.engine.resources.at(number) if type(number) is int and operation in _OF_RESOURCES else None
        if resource is not None:
            marks.writes.add(marks.place(resource.name))
        elif operation == JOIN:
            marks.reads.add(self._end_of(number))
        else:
            marks.writes.add(marks.clock if operation == SLEEP else marks.scheduler)

    def _end_of(self, task):
        return self._marks.place("end of %s" % self.name_of(task))

    def flush(self):
        """Forgets what is for the session."""
        self._news.clear()
        self.engine.rows.entries = []
