"""Lets `import cotasks` find the bundled package if the user has no module of that name."""
import os
from _imp import _fix_co_filename as rename
from importlib.machinery import SourceFileLoader
from importlib.util import spec_from_file_location

_PACKAGE = os.path.join(os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__)))), "cotasks")


class _Loader(SourceFileLoader):
    """Compiles the code once, under a name that is no file, so that a task waiting in it is shown at the place of the user's own code."""

    _code = None

    def get_code(self, fullname):
        if _Loader._code is None:
            _Loader._code = super().get_code(fullname)
            rename(_Loader._code, "<cotasks>")
        return _Loader._code


class CotasksFinder:
    """The last finder in `sys.meta_path`, so that a module of the user's comes first."""

    @staticmethod
    def find_spec(name, _path=None, _target=None):
        if name != "cotasks":
            return None
        file = os.path.join(_PACKAGE, "__init__.py")
        return spec_from_file_location(name, file, loader=_Loader(name, file), submodule_search_locations=[_PACKAGE])
