"""Errors for imports that fail: what was searched for, and the remedy."""
import difflib
import os
import re
import sys

from ..values.objects import instance_dict

"""Packages that are installed under another name than they are imported, by the name in the import."""
_INSTALLED_AS = {
    "attr": "attrs",
    "bs4": "beautifulsoup4",
    "cv2": "opencv-python",
    "Crypto": "pycryptodome",
    "dateutil": "python-dateutil",
    "docx": "python-docx",
    "distutils": "setuptools",
    "dotenv": "python-dotenv",
    "fitz": "PyMuPDF",
    "jwt": "PyJWT",
    "OpenSSL": "pyOpenSSL",
    "PIL": "pillow",
    "serial": "pyserial",
    "skimage": "scikit-image",
    "sklearn": "scikit-learn",
    "usb": "pyusb",
    "yaml": "PyYAML",
    "zmq": "pyzmq",
}

"""Modules that earlier versions of the standard library contained."""
_REMOVED = {"asynchat", "asyncore", "cgi", "cgitb", "crypt", "imghdr", "imp", "nntplib", "pipes", "smtpd", "sndhdr", "telnetlib", "uu"}

"""How the interpreter's messages name a module and a name in it."""
_OF_MODULE = re.compile(r"\bmodule '(.+?)'")
_WANTED = re.compile("(?:name|attribute|submodule) '(.+?)'")

"""The placeholders are the names of a module and of what is imported from it."""
_CIRCULAR = (
    "The imports are circular: %s imports, directly or through other modules, the file that needs %s from it, and has not defined it yet. "
    "Import it in the function that uses it, or move it to a module that both import."
)


def import_remedy(error):
    """The remedy for a failed import; None for other errors, or if no remedy is known."""
    if issubclass(type(error), (AttributeError, ImportError)):
        circle = _circle_remedy(error)
        if circle is not None:
            return circle
    name = error.name if issubclass(type(error), ImportError) else None
    if issubclass(type(error), ImportError) and "relative import" in str(error.msg):
        return "Only a file in a package can use relative imports: add an __init__.py to its folder, or import the module by its full name."
    if type(name) is not str:
        return None
    if issubclass(type(error), ModuleNotFoundError):
        return _module_remedy(name)
    return _name_remedy(name, _name_in(str(error.msg)))


def _module_remedy(name):
    top, _, rest = name.partition(".")
    package = _loaded_above(name)
    if rest and package is not None:
        return _submodule_remedy(name, package)
    if top in _REMOVED or top in getattr(sys, "stdlib_module_names", ()):
        message = 'It belongs to the standard library, but Python %s at "%s" does not have it: select another interpreter.'
        return message % (sys.version.split()[0], sys.executable)
    install = 'Install it ("%s" -m pip install %s), or select an interpreter that has it.' % (sys.executable, _INSTALLED_AS.get(top, top))
    similar = _similar_files(top)
    return install + (" There is %s." % similar if similar else "")


def _loaded_above(name):
    """The innermost package of a module's name that can be imported."""
    above = name.rpartition(".")[0]
    while above and above not in sys.modules:
        above = above.rpartition(".")[0]
    return sys.modules.get(above) if above else None


def _submodule_remedy(name, package):
    own = instance_dict(package)
    folders = [folder for folder in own.get("__path__", ()) or () if type(folder) is str]
    above = str(own.get("__name__"))
    missing = name[len(above) + 1 :].partition(".")[0]
    if not folders:
        return "%s at %s is a module, not a package, so it contains no modules. Check the import." % (above, own.get("__file__"))
    return "The package %s at %s has no module %s: check its name, or whether that version has it.%s" % (
        above,
        ", ".join(folders),
        missing,
        _there_is(missing, [entry for folder in folders for entry in _entries(folder)]),
    )


def _name_remedy(module_name, name):
    module = sys.modules.get(module_name)
    if module is None or name is None:
        return None
    own = instance_dict(module)
    if own.get("__file__") is None and own.get("__path__") is not None:
        return _submodule_remedy("%s.%s" % (module_name, name), module)
    where = "%s (%s)" % (module_name, own.get("__file__") or "built in")
    names = [each for each in own if type(each) is str]
    return "%s has no %s: check the name, or whether that version has it.%s" % (where, name, _there_is(name, names))


def _circle_remedy(error):
    """The remedy for a circular import. It is taken from the message, because the partly loaded module is already gone."""
    args = BaseException.args.__get__(error)
    message = args[0] if args and type(args[0]) is str else ""
    if not message.endswith("circular import)") and "circular import) (" not in message:
        return None
    module, name = _OF_MODULE.search(message), _WANTED.search(message)
    return _CIRCULAR % (module.group(1), name.group(1)) if module and name else None


def _name_in(message):
    quoted = message.split("'")
    return quoted[1] if message.startswith("cannot import name '") and len(quoted) > 2 else None


def _there_is(name, names):
    similar = difflib.get_close_matches(name, names, 3, 0.7)
    return " There is %s." % ", ".join(similar) if similar else ""


def _similar_files(name):
    """Modules in the program's folder with a similar name."""
    folder = sys.path[0] if sys.path else ""
    similar = difflib.get_close_matches(name, _entries(folder), 2, 0.8)
    return " and ".join("%s in %s" % (each, folder) for each in similar)


def _entries(folder):
    try:
        return [entry[:-3] if entry.endswith(".py") else entry for entry in os.listdir(folder)]
    except OSError:
        return []
