"""What SimPy tells of its processes from version 3 on, by the events that they yield."""
from types import FunctionType, GeneratorType

from ...source.suspension import code_of, frame_of
from ...values.objects import name_of
from ...waiting.request import ACQUIRE, ALL, ANY, EVENT, JOIN, PUT, SLEEP, TAKE
from .aims import SOMETHING, Wanted
from .reading import Readers, class_in, code_at, is_kind, names_of

"""How many scheduled events are looked through for the time when one of them is due."""
_MOST_SCHEDULED = 1_000
_MOST_PARTS = 20
_LONGEST = 150
_EVENT, _TIMEOUT, _PROCESS, _REQUEST, _PUT, _GET, _CONDITION = range(7)
"""More specific classes come first."""
_FORMS = (
    ("simpy.events", "Timeout", _TIMEOUT),
    ("simpy.events", "Process", _PROCESS),
    ("simpy.events", "Condition", _CONDITION),
    ("simpy.resources.resource", "Request", _REQUEST),
    ("simpy.resources.base", "Put", _PUT),
    ("simpy.resources.base", "Get", _GET),
)
_OPERATIONS = {_REQUEST: (ACQUIRE, "resource"), _PUT: (PUT, "store"), _GET: (TAKE, "store")}


class SimpyEvents:
    """`_users` has the numbers of the tasks that use a resource, by the ids of their requests: a process may have ended meanwhile."""

    acts_late = False

    def __init__(self, resources):
        self._resources = resources
        self._own = Readers().own
        self._forms = {}
        self._users = {}

    def awaited_in(self, event):
        """The object by which `is_done` tells whether a wait is over."""
        return event

    def wanted(self, _task, event):
        """What a process wants that has yielded an event; None if that has happened or is about to."""
        return None if self.is_done(event) else self._wanted(event)

    def slept(self, event):
        """For a timeout that is due later: its text, the time, when it is due, and the event; None for other events."""
        if self._form(event) != _TIMEOUT:
            return None
        found = self._own(event)
        env, delay = self._own(found.get("env")), found.get("_delay")
        time, due = env.get("_now"), None
        if found.get("callbacks", self) is not None and _is_number(time):
            due = self._due(event, env.get("_queue"))
        return None if due is None else (_text_of_timeout(type(event), delay), time, due, event)

    def is_done(self, event):
        """Whether an event has happened, or was triggered and is about to. A timeout is triggered when it is made."""
        found = self._own(event)
        if found.get("callbacks", self) is None:
            return True
        return self._form(event) != _TIMEOUT and found.get("_value") is not names_of("simpy.events").get("PENDING")

    def touched(self, event):
        """The resource that an event is about. Who holds it is known when the event has been made."""
        form = self._form(event)
        if form == _CONDITION:
            return [aim for each in self._parts(event) for aim in self.touched(each)]
        operation, noun = _OPERATIONS.get(form, (None, None))
        return () if operation is None else ((operation, self._own(event).get("resource"), noun),)

    def holders_of(self, resource, tasks):
        """The numbers of the tasks that use a resource, as many times as each does; None if nobody can."""
        users = self._own(resource).get("users")
        if type(users) is not list:
            return None
        before = self._users.get(id(resource), {})
        now = {id(request): self._number_of(self._own(request).get("proc"), tasks, before.get(id(request))) for request in users}
        self._users[id(resource)] = now
        return [number for number in now.values() if number is not None]

    def time_of(self, event):
        """What the clock of the simulation shows."""
        time = self._own(self._own(event).get("env")).get("_now")
        return time if _is_number(time) else None

    def text_of(self, event):
        """The text of an event: `Timeout(5)`, `Request(counter)`."""
        form, found = self._form(event), self._own(event)
        said = None
        if form == _TIMEOUT:
            return _text_of_timeout(type(event), found.get("_delay"))
        elif form == _PROCESS:
            generator = found.get("_generator")
            said = code_of(generator).co_name if type(generator) is GeneratorType else None
        elif form == _CONDITION:
            said = ", ".join(map(self.text_of, self._parts(event)))
        elif form != _EVENT:
            known = self._resources.name_of(found.get("resource"), _OPERATIONS[form][1])
            said = ", ".join(filter(None, (known, _number_text(found.get("amount")))))
        return "%s(%s)" % (name_of(type(event)), _shortened(said or ""))

    def info_of(self, resource, noun):
        """The given name of a resource, and its size."""
        size = self._own(resource).get("_capacity")
        return None, size if noun in ("resource", "store") and type(size) is int else None

    def coroutine_of(self, process):
        """The generator of a process; None if an event is none."""
        generator = self._own(process).get("_generator") if self._form(process) == _PROCESS else None
        return generator if type(generator) is GeneratorType else None

    def name_of(self, _process):
        """Processes have no names."""
        return None

    def _form(self, event):
        kind = type(event)
        known = self._forms.get(id(kind))
        if known is None:
            form = next((form for module, name, form in _FORMS if is_kind(kind, class_in(module, name))), _EVENT)
            # The class is kept alive with its id.
            known = self._forms[id(kind)] = (form, kind)
        return known[0]

    def _wanted(self, event):
        if self._form(event) != _CONDITION:
            return Wanted((self._aim(event),))
        parts, how = self._parts(event), self._how(event)
        aims = tuple(self._aim(each) for each in parts if not self.is_done(each))
        # A condition is not met before an event that it is about has happened, which may be about to.
        if how == ANY and len(aims) < len(parts) or how == ALL and not aims:
            return None
        return Wanted(aims, how) if aims and how else SOMETHING

    def _aim(self, event):
        form, found = self._form(event), self._own(event)
        if form == _TIMEOUT:
            due = self._due(event, self._own(found.get("env")).get("_queue"))
            return (EVENT, event, "timeout") if due is None else (SLEEP, due, None)
        if form == _PROCESS:
            return JOIN, event, None
        operation, noun = _OPERATIONS.get(form, (EVENT, "condition" if form == _CONDITION else "event"))
        return operation, event if operation == EVENT else found.get("resource"), noun

    def _parts(self, condition):
        """The events that a condition is about; those of conditions in it that are for all or for the first as well."""
        events, how, parts = self._own(condition).get("_events"), self._how(condition), []
        for event in events if type(events) in (tuple, list) else ():
            is_same = self._form(event) == _CONDITION and self._how(event) == how
            parts += self._parts(event) if is_same else [event]
        return parts[:_MOST_PARTS]

    def _how(self, condition):
        evaluate = self._own(condition).get("_evaluate")
        code = evaluate.__code__ if type(evaluate) is FunctionType else None
        ways = {"Condition.any_events": ANY, "Condition.all_events": ALL}
        names = names_of("simpy.events")
        return next((how for path, how in ways.items() if code is not None and code_at(names, path) is code), None)

    def _due(self, event, scheduled):
        """When a scheduled event is due. One that was scheduled last is on the path from the end of the heap to its top."""
        if type(scheduled) is not list:
            return None
        at = len(scheduled)
        while at > 0:
            if scheduled[at - 1][-1] is event:
                return scheduled[at - 1][0]
            at //= 2
        return next((each[0] for each in scheduled[:_MOST_SCHEDULED] if each[-1] is event), None)

    def _number_of(self, process, tasks, before):
        generator = self.coroutine_of(process)
        frame = None if generator is None else frame_of(generator)
        task = None if frame is None else tasks.of(frame)
        return before if task is None else task.number


def _text_of_timeout(kind, delay):
    return "%s(%s)" % (name_of(kind), _number_text(delay) or "")


def _is_number(value):
    return type(value) in (int, float) and abs(value) < 1e300


def _shortened(text):
    return text if len(text) <= _LONGEST else text[:_LONGEST] + "…"


def _number_text(value):
    return repr(value) if _is_number(value) else None
