"""What SimPy 2 tells of its processes, by the commands that they yield, such as `hold, self, 5`."""
from types import FunctionType, GeneratorType

from ...source.points import variable_of
from ...source.suspension import frame_of
from ...waiting.request import ACQUIRE, ANY, EVENT, PUT, SLEEP, TAKE
from .aims import SOMETHING, Wanted
from .reading import Readers, class_in, code_at, is_kind, names_of

HOLD, PASSIVATE, REQUEST, RELEASE, WAIT_EVENT, QUEUE_EVENT, WAIT_UNTIL, GET, PUT_INTO = range(1, 10)
_WORDS = (None, "hold", "passivate", "request", "release", "waitevent", "queueevent", "waituntil", "get", "put")
"""The names that the library gives what the program has not named."""
_UNNAMED = ("a_process", "a_resource", "a_store", "a_level", "a_SimEvent")
_LONGEST = 60
_MOST = 1e300
_NUMBERS = (int, float)
_ABOUT_RESOURCES = {REQUEST: (ACQUIRE, "resource"), RELEASE: (ACQUIRE, "resource"), GET: (TAKE, "store"), PUT_INTO: (PUT, "store")}
_ABOUT_EVENTS = (WAIT_EVENT, QUEUE_EVENT)


class SimpyCommands:
    """The library does what a command asks for after the slice. `_users` are as those of `SimpyEvents`, by the ids of processes."""

    acts_late = True

    def __init__(self, resources):
        self._resources = resources
        self._own = Readers().own
        self._processes = {}
        self._users = {}
        self._step = None

    def serves(self, command):
        """Whether a tuple is a command, or one with a time limit."""
        if len(command) < 2:
            return False
        word, process = command[0], command[1]
        if type(word) is tuple:
            return word[:1] != () and type(word[0]) is not tuple and self.serves(word)
        return type(word) is int and 0 < word < len(_WORDS) and self._is_process(process)

    def wanted(self, _task, command):
        """What a process wants; None if it will go on at once."""
        if type(command[0]) is not tuple:
            return self._wanted(command)
        wanted = self._wanted(command[0])
        limit = self._wanted(command[1]) if len(command) > 1 and type(command[1]) is tuple and self.serves(command[1]) else None
        return wanted if wanted is None or limit is None else Wanted((*wanted.aims, *limit.aims), ANY)

    def awaited_in(self, command):
        """The process that has yielded a command: there is no weak reference to a tuple."""
        return _first_of(command)[1]

    def slept(self, command):
        """For a plain `hold`: its text, the time, when it is due, and the process; None for other commands."""
        if command[0] != HOLD or len(command) != 3:
            return None
        _, process, delay = command
        own = self._own
        time = own(own(process).get("sim")).get("_t")
        if type(delay) not in _NUMBERS or type(time) not in _NUMBERS or not (0 <= delay < _MOST and -_MOST < time < _MOST):
            return None
        return "hold %r" % delay, time, time + delay, process

    def is_done(self, process):
        """Whether a process goes on at the time that it is."""
        found = self._own(process)
        notice = found.get("_rec")
        return type(notice) is list and notice[3] is False and notice[0] == self.time_of(process)

    def touched(self, command):
        """The resource that a command is about."""
        first = _first_of(command)
        operation, noun = _ABOUT_RESOURCES.get(first[0], (None, None))
        return () if operation is None or len(first) < 3 else ((operation, first[2], noun),)

    def holders_of(self, resource, tasks):
        """The numbers of the tasks that hold units of a resource; None if nobody can."""
        active = self._own(resource).get("activeQ")
        if not is_kind(type(active), list):
            return None
        before = self._users.get(id(resource), {})
        now = {}
        for process in list.__iter__(active):
            generator = self._own(process).get("_nextpoint")
            frame = frame_of(generator) if type(generator) is GeneratorType else None
            task = None if frame is None else tasks.of(frame)
            now.setdefault(id(process), []).append((before.get(id(process)) or [None])[0] if task is None else task.number)
        self._users[id(resource)] = now
        return [number for numbers in now.values() for number in numbers if number is not None]

    def time_of(self, process):
        """What the clock of the simulation of a process shows."""
        time = self._own(self._own(process).get("sim")).get("_t")
        return time if _is_number(time) else None

    def text_of(self, command):
        """The text of a command: `hold 5`, `request counter`."""
        if type(command[0]) is tuple:
            return " or ".join(self.text_of(each) for each in command if type(each) is tuple and self.serves(each))
        noun = _ABOUT_RESOURCES.get(command[0], (None, "event"))[1]
        told = [_WORDS[command[0]]]
        if len(command) > 2 and command[0] != HOLD:
            told.append(self._resources.name_of(command[2], noun))
        told += [repr(each) for each in command[2:] if _is_number(each)]
        return " ".join(filter(None, told))

    def info_of(self, awaited, noun):
        """The given name of a resource, and its size."""
        found = self._own(awaited)
        if noun == "reactivation":
            return "reactivation of %s" % (self._given(found) or "a process"), None
        if noun == "condition":
            return awaited.__name__[:_LONGEST] if type(awaited) is FunctionType else None, None
        capacity = found.get("capacity")
        is_limited = noun == "resource" or noun == "store" and capacity != names_of("sys").get("maxsize")
        return self._given(found), capacity if is_limited and type(capacity) is int else None

    def given_name(self, frame):
        """The name that the program gave the process whose generator runs in a frame, or None."""
        driver = frame.f_back
        if driver is None or self._step_code() is not driver.f_code:
            return None
        process = variable_of(driver, "proc")
        return self._given(self._own(process)) if self._is_process(process) else None

    def _step_code(self):
        if self._step is None:
            self._step = code_at(names_of("SimPy.Simulation"), "Simulation.step")
        return self._step or self

    def _wanted(self, command):
        word, process = command[:2]
        target = command[2] if len(command) > 2 else None
        if word == HOLD:
            time = self.time_of(process)
            is_plain = time is not None and _is_number(target if len(command) > 2 else 0)
            return Wanted(((SLEEP, time + (target or 0), None),)) if is_plain else SOMETHING
        if word == PASSIVATE:
            return Wanted(((EVENT, process, "reactivation"),))
        if word == WAIT_UNTIL:
            return Wanted(((EVENT, target, "condition"),))
        if word in _ABOUT_EVENTS:
            events = target if type(target) in (tuple, list) else (target,)
            has_occurred = any(self._own(event).get("occurred") is True for event in events)
            return None if has_occurred else Wanted(tuple((EVENT, event, "event") for event in events), ANY)
        if word == RELEASE or word == REQUEST and self._own(target).get("n") != 0:
            return None
        operation, noun = _ABOUT_RESOURCES[word]
        return None if self._is_served(command) else Wanted(((operation, target, noun),))

    def _is_served(self, command):
        """Whether a store or a level has what a command is to get, or room for what it is to put."""
        word, _, target, *given = command
        found = self._own(target)
        amount, buffer = given[0] if given else 1, found.get("theBuffer", found.get("nrBuffered"))
        if type(amount) is list:
            amount = len(amount)
        if type(buffer) is list:
            buffer = len(buffer)
        capacity = found.get("capacity")
        if not all(map(_is_number, (amount, buffer, capacity))):
            return False
        return amount <= buffer if word == GET else word == PUT_INTO and amount + buffer <= capacity

    def _given(self, found):
        name = found.get("name")
        is_given = type(name) is str and name.isprintable() and name not in _UNNAMED
        return name[:_LONGEST].strip() or None if is_given else None

    def _is_process(self, value):
        kind = type(value)
        known = self._processes.get(id(kind))
        if known is None:
            base = class_in("SimPy.Lib", "Process")
            if base is None:
                return False
            # The class is kept alive with its id.
            known = self._processes[id(kind)] = (is_kind(kind, base), kind)
        return known[0]


def _first_of(command):
    """A command without what follows it as a time limit."""
    return command[0] if type(command[0]) is tuple else command


def _is_number(value):
    return type(value) in (int, float) and abs(value) < 1e300
