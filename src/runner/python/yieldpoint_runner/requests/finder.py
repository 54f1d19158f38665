"""Where an import finds the module `cotasks` that finds none of that name of the user's own."""
import os
from _imp import _fix_co_filename as rename
from importlib.machinery import SourceFileLoader
from importlib.util import spec_from_file_location

_PACKAGE = os.path.join(os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__)))), "cotasks")


class _Loader(SourceFileLoader):
    """Its code comes from no file, so that a task which waits in it is shown where the user's own code stands. Compiled once."""

    _code = None

    def get_code(self, fullname):
        if _Loader._code is None:
            _Loader._code = super().get_code(fullname)
            rename(_Loader._code, "<cotasks>")
        return _Loader._code


class CotasksFinder:
    """The last one that is asked."""

    @staticmethod
    def find_spec(name, _path=None, _target=None):
        if name != "cotasks":
            return None
        file = os.path.join(_PACKAGE, "__init__.py")
        return spec_from_file_location(name, file, loader=_Loader(name, file), submodule_search_locations=[_PACKAGE])
