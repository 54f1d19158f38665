"""The lines of source files, as the interpreter reads them. The standard library's `linecache` imports modules only
when it is called, and would then find the user's modules of the same names."""
from tokenize import open as decoded

_known = {}


def forget():
    """Files may have changed: they are read anew."""
    _known.clear()


def lines(file):
    """All lines of a file; none where it cannot be read."""
    if file not in _known:
        try:
            with decoded(file) as source:
                _known[file] = source.readlines()
        except (OSError, SyntaxError, UnicodeDecodeError):
            _known[file] = []
    return _known[file]


def line(file, number):
    """One line, counted from 1; nothing where there is none."""
    found = lines(file)
    return found[number - 1] if 0 < number <= len(found) else ""
