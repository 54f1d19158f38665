"""The environment of user code: the modules, the path, the folder and the warnings that a plain interpreter would have
given it. The runner has imported more modules than such an interpreter; if the user's program has a file of the same
name, the program must get its own."""
import os
import sys
import warnings

from ..failures import is_user_file
from ..values.objects import instance_dict


class Surroundings:
    def __init__(self, known):
        """
        To be made once all of the runner is imported.

        :param known: the names of the modules that the interpreter had imported before the runner
        """
        self._known = known
        self._modules = dict(sys.modules)
        self._path = list(sys.path)
        self._folder = os.getcwd()
        self._filters = list(warnings.filters)

    def is_taken(self, name):
        """Whether a plain interpreter has a module of that name before the program begins."""
        return name in self._known

    def restore(self, file, root, name):
        """
        As it was at the beginning, for a program that begins anew.

        :param root: the folder from which it imports
        :param name: the name by which its module is known
        """
        self._forget_user_modules()
        sys.path[:] = self._path_for(root)
        folder = os.path.dirname(file)
        if folder != root:
            sys.path.append(folder)
        sys.argv[:] = [file]
        os.chdir(self._folder)
        _forget_folders()
        self._hide_own_modules()
        warnings.filters[:] = _with_own_rules(self._filters, name)

    def _path_for(self, root):
        """`python -P` does not look beside the program; its own package is to be found all the same."""
        return [*self._path, root] if getattr(sys.flags, "safe_path", False) else [root, *self._path]

    def _forget_user_modules(self):
        for name, module in list(sys.modules.items()):
            if self._modules.get(name) is module:
                continue
            file = instance_dict(module).get("__file__")
            if type(file) is str and is_user_file(file) and file.endswith((".py", ".pyw")):
                del sys.modules[name]
        for name, module in self._modules.items():
            sys.modules.setdefault(name, module)

    def _hide_own_modules(self):
        """Of what only the runner imported, the program is to find what lies first on its path."""
        own = [name for name in self._modules if name not in self._known and "." not in name]
        hidden = [name for name in own if _is_another(self._modules[name], _found(name))]
        for name in list(sys.modules):
            if name.partition(".")[0] in hidden:
                del sys.modules[name]


def _forget_folders():
    """Files may have come and gone. `importlib.invalidate_caches` would import half of the standard library for this."""
    for entry, finder in list(sys.path_importer_cache.items()):
        if finder is None:
            del sys.path_importer_cache[entry]
        elif hasattr(finder, "invalidate_caches"):
            finder.invalidate_caches()


def _found(name):
    """What an import of that name would find, as it is looked for where it was not imported yet."""
    for finder in sys.meta_path:
        spec = finder.find_spec(name, None)
        if spec is not None:
            return spec
    return None


def _is_another(module, found):
    spec = instance_dict(module).get("__spec__")
    return found is not None and found.loader is not None and spec is not None and found.origin != spec.origin


def _with_own_rules(filters, name):
    """What the interpreter says of warnings in `__main__` is said of the module that stands for it."""
    rules = []
    for rule in filters:
        rules.append(rule)
        action, message, category, module, line = rule
        if module == "__main__":
            rules.append((action, message, category, name, line))
    return rules
