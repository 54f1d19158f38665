// A Python module with generators of every kind, in pieces that are complete by themselves.

export const PYTHON_PIECES: readonly string[] = [
  `"""A module."""
import random
from contextlib import contextmanager
`,
  `def counter():
    """Counts for ever."""
    n = 0
    while True:
        yield f"{n} of many"
        n += 1
`,
  `@traced
def bogosort(unsorted, tries=9):
    # Sorts, in the end.
    while tries > 0:
        yield
        random.shuffle(unsorted)
    return unsorted
`,
  `settings = {
    "name": "it's",
    "text": """a
b""",
}
`,
  `class Worker:
    """A class."""

    def __init__(self, id):
        self.id = id

    @staticmethod
    def all():
        yield Worker(1)

    def run(self, count):
        yield self.id + count

    def total(self):
        return sum(one for one in self.run(1))

    class Part:
        def beat(self):
            yield "beat"
`,
  `try:
    import fast
except ImportError:

    def slow():
        for one in range(3):
            yield one
`,
  `async def ticks():
    yield 1
`,
  `@contextmanager
def opened(path):
    with open(path) as file:
        yield file
`,
  `if settings["name"]:
    print(settings)
`,
  `def last():
    yield from counter()
`,
];

export const PYTHON_SAMPLE = PYTHON_PIECES.join("\n");
