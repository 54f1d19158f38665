from os import PathLike
from types import ModuleType
from typing import Any, Callable, List, Literal, Mapping, Optional, Sequence, Union

class ReplayError(Exception):
    step: int

class Replayed:
    end: Literal["all", "first", "threw", "deadlock", "blocked", "invariant", "cut"]
    error: Optional[Exception]
    failure: Optional[str]
    departure: Optional[ReplayError]
    steps: int
    returns: Mapping[str, Any]

def load(path: Union[str, "PathLike[str]"]) -> ModuleType: ...
def load_all(paths: Sequence[Union[str, "PathLike[str]"]]) -> List[ModuleType]: ...
def replay(
    tasks: Mapping[str, Callable[[], Any]],
    picks: Sequence[int],
    invariant: Optional[Callable[[], Any]] = None,
    until: Literal["first", "all"] = "all",
    virtual_time: float = 1,
    strict: bool = False,
) -> Replayed: ...
