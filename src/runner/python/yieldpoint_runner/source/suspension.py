"""Objects that can be suspended in their code: generators, coroutines and asynchronous generators, and what each of them waits for.
In a chain of these, a scheduler resumes the outermost one, while the code is suspended in the innermost one."""
import gc
from types import AsyncGeneratorType, CoroutineType, GeneratorType

from ..values.objects import is_builtin, name_of

_DEEPEST = 1_000
_THREAD = "th_"
_PREFIXES = {id(GeneratorType): "gi_", id(CoroutineType): "cr_", id(AsyncGeneratorType): "ag_"}
_NEXT = {"gi_": "gi_yieldfrom", "cr_": "cr_await", "ag_": "ag_await", _THREAD: "th_callee"}

"""Objects that the interpreter puts between an `await` and the awaited object. Only the garbage collector can see through them."""
_WRAPPERS = ("coroutine_wrapper", "async_generator_asend", "async_generator_athrow", "anext_awaitable")


def register_threads(*kinds):
    """Has the objects of these classes, with the attributes of a generator, stand for functions that are suspended in a thread."""
    for kind in kinds:
        _PREFIXES[id(kind)] = _THREAD


def is_in_thread(suspended):
    """Whether a function is suspended in a thread, and not a generator or the like."""
    return _PREFIXES.get(id(type(suspended))) is _THREAD


def frame_of(suspended):
    """The frame of a generator or similar object; None if it has ended."""
    return getattr(suspended, _PREFIXES[id(type(suspended))] + "frame")


def code_of(suspended):
    """The code of a generator or similar object, also of one that has ended."""
    return getattr(suspended, _PREFIXES[id(type(suspended))] + "code")


def is_created(suspended):
    """Whether it was never resumed."""
    prefix, frame = _PREFIXES[id(type(suspended))], frame_of(suspended)
    if hasattr(suspended, prefix + "suspended"):
        is_on = getattr(suspended, prefix + "suspended") or getattr(suspended, prefix + "running")
        return frame is not None and not is_on
    return frame is not None and frame.f_lasti == -1


def is_running(suspended):
    """Whether it has been resumed and has not given back control."""
    return getattr(suspended, _PREFIXES[id(type(suspended))] + "running")


def waited_for(suspended):
    """The object that it delegates to or awaits, seen through the interpreter's wrappers; None if it is suspended itself."""
    return _seen_through(getattr(suspended, _NEXT[_PREFIXES[id(type(suspended))]]))


def suspended(iterator):
    """A generator and those that it waits for, innermost last; empty if it has ended."""
    chain = []
    at = _seen_through(iterator)
    while id(type(at)) in _PREFIXES and frame_of(at) is not None and len(chain) < _DEEPEST:
        chain.append(at)
        at = waited_for(at)
    return chain


def generators(frames):
    """The generators and coroutines that have the frames with these ids, None for each that is not found. Looks at all objects."""
    found = {}
    for each in gc.get_objects():
        if type(each) in (GeneratorType, CoroutineType) and id(frame_of(each)) in frames:
            found[id(frame_of(each))] = each
    return [found.get(frame) for frame in frames]


def outermost(frame):
    """The frame of the outermost generator that waits for the one with this frame, which runs. Looks at all objects."""
    every = [each for each in gc.get_objects() if type(each) in (GeneratorType, CoroutineType) and frame_of(each) is not None]
    waiting = {id(waited_for(each)): each for each in every if waited_for(each) is not None}
    at = next((each for each in every if frame_of(each) is frame), None)
    while id(at) in waiting:
        at = waiting[id(at)]
    return frame if at is None else frame_of(at)


def _seen_through(given):
    at = given
    for _ in _WRAPPERS:
        if name_of(type(at)) not in _WRAPPERS or not is_builtin(type(at)):
            return at
        inside = gc.get_referents(at)
        at = next((each for each in inside if id(type(each)) in _PREFIXES or name_of(type(each)) in _WRAPPERS), given)
    return at
