"""The modules of the user's files, evaluated again for each instance from code that was compiled once."""
import sys
from importlib.machinery import SourceFileLoader
from importlib.util import spec_from_file_location

from ..failures import is_user_file


class UserModules:
    """
    Asked before all other finders. Modules of the user's files are loaded from code that is kept, and forgotten between two instances;
    those of libraries stay as they are. `loaded` are the names of those that the present instance has imported.
    """

    def __init__(self, compiled):
        """
        :param compiled: gives the code of a file
        """
        self._compiled = compiled
        self._known = {}
        self.loaded = []

    def find_spec(self, name, path=None, target=None):
        """As the import system asks."""
        known = self._known.get(name)
        if known is None:
            found = self._found(name, path, target)
            if found is None or type(found.loader) is not SourceFileLoader or not is_user_file(found.origin):
                return found
            loader = _Loader(name, found.origin, self._compiled(found.origin))
            known = self._known[name] = (found.origin, loader, found.submodule_search_locations)
        file, loader, folders = known
        self.loaded.append(name)
        return spec_from_file_location(name, file, loader=loader, submodule_search_locations=folders)

    def forget(self):
        """Forgets the modules of the instance that is over."""
        for name in self.loaded:
            sys.modules.pop(name, None)
        self.loaded.clear()

    def codes(self):
        """The code of all of them that were imported so far."""
        return [loader.get_code(None) for _, loader, _ in self._known.values()]

    def _found(self, name, path, target):
        for finder in sys.meta_path:
            if not isinstance(finder, UserModules) and hasattr(finder, "find_spec"):
                found = finder.find_spec(name, path, target)
                if found is not None:
                    return found
        return None


class _Loader(SourceFileLoader):
    def __init__(self, name, file, code):
        super().__init__(name, file)
        self._code = code

    def get_code(self, _name):
        return self._code
