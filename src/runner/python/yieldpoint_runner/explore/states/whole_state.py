"""The whole state of a program between two steps, as a text, where all of it can be seen."""
from types import GeneratorType

from ...waiting.engine_state import write_state
from .heap_text import HeapText
from .package import package_of


class WholeState:
    """`hidden` is the first thing that was met in any run that hides something; None as long as there was nothing."""

    def __init__(self):
        self.hidden = None

    def of(self, run):
        """The state between two steps; None if it cannot wholly be seen."""
        modules = run.instances.modules()
        requests = run.requests
        heap = HeapText(modules, run.iterators, package_of(run.classes_of_requests(), requests.engine))
        if any(type(each) is not GeneratorType for each in run.iterators):
            heap.hidden = "a task that is no generator"
        if heap.hidden is None:
            heap.add(str(run.printed))
            if requests.is_used:
                write_state(requests.engine, heap)
            if run.tasks > run.instances.given:
                heap.value(tuple(run.names()[run.instances.given :]))
            for number, iterator in enumerate(run.iterators):
                if number in run.returned:
                    heap.value(run.returned[number])
                else:
                    heap.generator(iterator)
            for scope in modules:
                heap.scope(scope)
        text = heap.end()
        self.hidden = self.hidden or heap.hidden
        return text
