"""The environment of user code: the modules, path, folder and warnings as a plain interpreter would provide them. The runner has
imported more modules than a plain interpreter. If the user's program has a file with the same name as one of those, the program
must get its own."""
import os
import sys
import warnings

from ..control import door
from ..failures import is_user_file
from ..values.objects import instance_dict


class Surroundings:
    def __init__(self, known):
        """
        Must be created after everything of the runner was imported.

        :param known: the names of the modules that the interpreter had imported before the runner
        """
        self._known = known
        self._modules = dict(sys.modules)
        self._path = list(sys.path)
        self._folder = os.getcwd()
        self._filters = list(warnings.filters)

    def is_taken(self, name):
        """Whether a plain interpreter has imported a module with this name before the program begins."""
        return name in self._known

    def restore(self, file, root, name):
        """
        Restores the initial environment, for a program that starts again.

        :param root: the folder from which it imports
        :param name: the name of its module
        """
        self.forget_user_modules()
        sys.path[:] = self._path_for(root)
        folder = os.path.dirname(file)
        if folder != root:
            sys.path.append(folder)
        sys.argv[:] = [file]
        os.chdir(self._folder)
        _forget_folders()
        self._hide_own_modules()
        warnings.filters[:] = _with_own_rules(self._filters, name)

    def path_of_script(self, folder):
        """The path of a script that is the main program. `python -P` excludes its folder."""
        return [*self._path] if getattr(sys.flags, "safe_path", False) else [folder, *self._path]

    def _path_for(self, root):
        """The path. `python -P` excludes the program's folder; it comes last then, so that the program's own package is found."""
        return [*self._path, root] if getattr(sys.flags, "safe_path", False) else [root, *self._path]

    @door
    def forget_user_modules(self):
        """Forgets the modules of a program that is over."""
        for name, module in list(sys.modules.items()):
            if self._modules.get(name) is module:
                continue
            file = instance_dict(module).get("__file__")
            if type(file) is str and is_user_file(file) and file.endswith((".py", ".pyw")):
                del sys.modules[name]
        for name, module in self._modules.items():
            sys.modules.setdefault(name, module)

    def _hide_own_modules(self):
        """Removes modules that only the runner imported, if the program would find another module with that name first on its path."""
        own = [name for name in self._modules if name not in self._known and "." not in name]
        hidden = [name for name in own if _is_another(self._modules[name], _found(name))]
        for name in list(sys.modules):
            if name.partition(".")[0] in hidden:
                del sys.modules[name]


def _forget_folders():
    """Clears cached folder listings, as files may have changed. `importlib.invalidate_caches` would import half the standard library."""
    for entry, finder in list(sys.path_importer_cache.items()):
        if finder is None:
            del sys.path_importer_cache[entry]
        elif hasattr(finder, "invalidate_caches"):
            finder.invalidate_caches()


def _found(name):
    """What an import would find if the module had not been imported yet."""
    for finder in sys.meta_path:
        spec = finder.find_spec(name, None)
        if spec is not None:
            return spec
    return None


def _is_another(module, found):
    spec = instance_dict(module).get("__spec__")
    return found is not None and found.loader is not None and spec is not None and found.origin != spec.origin


def _with_own_rules(filters, name):
    """Applies the interpreter's warning filters for `__main__` to the module that stands for it."""
    rules = []
    for rule in filters:
        rules.append(rule)
        action, message, category, module, line = rule
        if module == "__main__" != name:
            rules.append((action, message, category, name, line))
    return rules
