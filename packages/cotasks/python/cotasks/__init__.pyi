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
    """An invalid request, such as releasing a lock that the task does not hold."""

class ClosedError(Exception):
    """A value was put into a closed channel."""

class _Closed: ...

closed: _Closed
"""The result of `take` once a channel is closed and empty. Compare with `is`."""

class Request(Generic[_T_co]):
    """
    Describes what to wait for. `yield` it in a generator, or `await` it in a coroutine, to get the result. It can be used once: make a new
    one each time.
    """

    def __await__(self) -> Generator[Any, Any, _T_co]: ...

_Part = Union[Request[Any], Future[Any]]

class Held:
    """A lock or a permit that is held. A `with` statement releases it at the end of the block."""

    def release(self) -> None: ...
    def __enter__(self) -> Held: ...
    def __exit__(self, *error: object) -> None: ...

class _Lock:
    def acquire(self) -> Request[Held]:
        """Waits until the lock is free: `with (yield lock.acquire()):`, in a coroutine `with await lock.acquire():`."""
    def release(self) -> None:
        """Releases it, and hands it to the first waiting task."""
    def hold(self, body: Union[Callable[[], Generator[Any, Any, T]], Generator[Any, Any, T]]) -> Generator[Any, Any, T]:
        """Holds the lock while a generator runs, and releases it when that returns, raises or is closed: `yield from lock.hold(body)`."""

class Mutex(_Lock):
    """A lock that one task holds at a time. Only the task that holds it can release it."""

class Semaphore(_Lock):
    """A number of permits. Any task can release one."""

class Channel:
    """A queue of values from task to task."""

    def put(self, value: object) -> Request[None]:
        """Waits until there is capacity for the value, or a task that takes it. Raises ClosedError if the channel is closed."""
    def take(self) -> Request[Any]:
        """Waits for a value. The result is `closed` once the channel is closed and empty."""
    def close(self) -> None:
        """Closes the channel. Tasks that wait to put get a ClosedError; tasks that take get `closed` once the channel is empty."""

class Event:
    """A flag that tasks wait for."""

    def wait(self) -> Request[None]:
        """Waits until the flag is set."""
    def set(self) -> None:
        """Sets the flag and wakes all tasks that wait for it."""
    def clear(self) -> None: ...

class Task:
    """A task that was spawned."""

    @property
    def name(self) -> str: ...

def mutex(name: Optional[str] = None) -> Mutex: ...
def semaphore(permits: int, name: Optional[str] = None) -> Semaphore: ...
def channel(capacity: Optional[int] = None, name: Optional[str] = None) -> Channel:
    """Creates a channel. With capacity 0 a put waits for a take; without a capacity the channel is unbounded."""

def event(name: Optional[str] = None) -> Event: ...
def sleep(seconds: float) -> Request[None]: ...
def spawn(generator: Union[Generator[Any, Any, Any], Coroutine[Any, Any, Any]]) -> Request[Task]:
    """Makes a task from a generator or a coroutine. The result is a handle of the task, without waiting."""

def join(task: Task) -> Request[Any]:
    """Waits until a task has ended. The result is what it returned; raises what it raised."""

def hand_over(task: Task) -> Request[None]:
    """Makes a task run next, if it is ready."""

@overload
def any(*requests: _Part) -> Request[Tuple[int, Any]]:
    """
    Waits for any of several requests. The result is the index and the result of the one that was served; the others are cancelled without
    an effect. Hides the built-in `any`, so import the module, or import this under another name.
    """

@overload
def any(requests: Iterable[_Part], /) -> Request[Tuple[int, Any]]: ...
@overload
def all(*requests: _Part) -> Request[List[Any]]:
    """Waits for all of several requests. The result is the list of their results, in order. Hides the built-in `all`, like `any`."""

@overload
def all(requests: Iterable[_Part], /) -> Request[List[Any]]: ...
def now() -> float:
    """The time in seconds, real or virtual. Only differences are meaningful."""
