"""Requests: what a generator yields, or a coroutine awaits, in order to wait."""
from concurrent.futures import Future
from typing import Any, Callable, Coroutine, Generator, Generic, Iterable, List, Optional, Tuple, TypeVar, Union, overload

__all__ = [
    "Channel",
    "ClosedError",
    "Event",
    "Held",
    "Mutex",
    "Request",
    "RequestError",
    "Semaphore",
    "Task",
    "channel",
    "closed",
    "event",
    "hand_over",
    "join",
    "mutex",
    "now",
    "semaphore",
    "sleep",
    "spawn",
]

T = TypeVar("T")
_T_co = TypeVar("_T_co", covariant=True)

class RequestError(Exception):
    """A request that makes no sense, such as the release of a lock that the task does not hold."""

class ClosedError(Exception):
    """Something was put into a closed channel."""

class _Closed: ...

closed: _Closed
"""What `take` gives once a channel is closed and empty: compare with `is`."""

class Request(Generic[_T_co]):
    """
    What to wait for. `yield` it in a generator, or `await` it in a coroutine; that gives the result. It serves once: make a new one each
    time.
    """

    def __await__(self) -> Generator[Any, Any, _T_co]: ...

_Part = Union[Request[Any], Future[Any]]

class Held:
    """A lock or a permit that is held. Used with `with`, it is released in the end."""

    def release(self) -> None: ...
    def __enter__(self) -> Held: ...
    def __exit__(self, *error: object) -> None: ...

class _Lock:
    def acquire(self) -> Request[Held]:
        """Waits until the lock is free: `with (yield lock.acquire()):`, in a coroutine `with await lock.acquire():`."""
    def release(self) -> None:
        """Gives it back, to the first task that waits for it."""
    def hold(self, body: Union[Callable[[], Generator[Any, Any, T]], Generator[Any, Any, T]]) -> Generator[Any, Any, T]:
        """Holds it while a generator runs: `yield from lock.hold(body)`. It is given back on a return, an error, and a close."""

class Mutex(_Lock):
    """A lock that one task holds at a time. Only the task that holds it can release it."""

class Semaphore(_Lock):
    """A number of permits. Any task can release one."""

class Channel:
    """Values go from the tasks that put to the tasks that take, in order."""

    def put(self, value: object) -> Request[None]:
        """Waits until there is a place for the value, or somebody who takes it. A closed channel raises ClosedError."""
    def take(self) -> Request[Any]:
        """Waits for a value. It is `closed` once the channel is closed and empty."""
    def close(self) -> None:
        """From now on nothing can be put."""

class Event:
    """A flag that tasks wait for."""

    def wait(self) -> Request[None]:
        """Waits until the flag is set."""
    def set(self) -> None:
        """Sets the flag, and wakes all who wait."""
    def clear(self) -> None: ...

class Task:
    """A task that was spawned."""

    @property
    def name(self) -> str: ...

def mutex(name: Optional[str] = None) -> Mutex: ...
def semaphore(permits: int, name: Optional[str] = None) -> Semaphore: ...
def channel(capacity: Optional[int] = None, name: Optional[str] = None) -> Channel:
    """With capacity 0 a value is put when somebody takes it; without a capacity there is always a place."""

def event(name: Optional[str] = None) -> Event: ...
def sleep(seconds: float) -> Request[None]: ...
def spawn(generator: Union[Generator[Any, Any, Any], Coroutine[Any, Any, Any]]) -> Request[Task]:
    """Makes a task of a generator or a coroutine."""

def join(task: Task) -> Request[Any]:
    """Waits until a task ends. Gives what it returned, or raises what it raised."""

def hand_over(task: Task) -> Request[None]:
    """Makes that task the next to run, if it is ready."""

@overload
def any(*requests: _Part) -> Request[Tuple[int, Any]]:
    """
    Waits for the first of several: gives its index and its result. The others are withdrawn, and lose nothing. Import the module, or give
    this another name: it hides the built-in `any`.
    """

@overload
def any(requests: Iterable[_Part], /) -> Request[Tuple[int, Any]]: ...
@overload
def all(*requests: _Part) -> Request[List[Any]]:
    """Waits for all of several: gives the list of their results, in order. It hides the built-in `all`, too."""

@overload
def all(requests: Iterable[_Part], /) -> Request[List[Any]]: ...
def now() -> float:
    """The time in seconds, real or virtual: only differences mean something."""
