"""The lines of source files, as the interpreter reads them. The standard library's `linecache` imports modules when it is called,
and would then find user modules with the same names."""
from tokenize import open as decoded

_known = {}


def forget():
    """Must be called when files may have changed: they are read again."""
    _known.clear()


def lines(file):
    """All lines of a file; empty if it cannot be read."""
    if file not in _known:
        try:
            with decoded(file) as source:
                _known[file] = source.readlines()
        except (OSError, SyntaxError, UnicodeDecodeError):
            _known[file] = []
    return _known[file]


def line(file, number):
    """A line, counted from 1; empty if it does not exist."""
    found = lines(file)
    return found[number - 1] if 0 < number <= len(found) else ""
