"""The main module of the runner process. Every version of Python can parse this file, so that one that is too old reports this in
its answer, and not as a syntax error. Everything else is in the package beside it."""
import os
import sys

OLDEST = (3, 8)

"""What code of the runner says that it comes from. The user's program finds the runner at the bottom of its stack, as one name that is no file."""
NAME = "<yieldpoint>"


def refuse():
    """Answers the first request with the reason why this interpreter cannot be used."""
    import json
    import struct

    header = os.read(3, 5)
    request = json.loads(os.read(3, struct.unpack("<IB", header)[0]).decode("utf-8"))
    message = "Tasks need Python %d.%d or newer; %s is Python %s." % (OLDEST + (sys.executable, sys.version.split()[0]))
    remedy = 'Name a newer interpreter in the setting "yieldpoint.pythonPath" or in the Python extension.'
    failure = {"code": "version", "message": message, "remedy": remedy}
    payload = json.dumps({"id": request["id"], "ok": False, "error": failure}).encode("utf-8")
    os.write(4, struct.pack("<IB", len(payload), 0) + payload)


def main():
    """
    Runs until the session closes the wire. The runner imports only its own modules and those of the standard library, whatever the
    names of the user's files. The user's code must not find the runner's folder on its path.
    """
    known = set(sys.modules)
    folder = os.path.dirname(os.path.abspath(__file__))
    path = [entry for entry in sys.path if entry != folder]
    sys.path[:] = [folder] + ([entry for entry in path if is_of_library(entry)] or path)
    # The interpreter is started without bytecode files, to keep the user's folders clean. The runner's own halve its startup time.
    sys.dont_write_bytecode = "PYTHONDONTWRITEBYTECODE" in os.environ
    sys.path_hooks.insert(0, named_finder(os.path.join(folder, "yieldpoint_runner")))
    from yieldpoint_runner.runner import serve

    explorer = observer = threads = None
    # Half of the runner's modules, which most processes never use.
    if "explore" in sys.argv[1:]:
        from yieldpoint_runner.explore.exploration import Exploration as explorer
    if "observe" in sys.argv[1:]:
        from yieldpoint_runner.observe import observation as observer
    if "threads" in sys.argv[1:]:
        from yieldpoint_runner.threads.threads import Threads as threads

    del sys.path_hooks[0]
    sys.dont_write_bytecode = True
    sys.path[:] = path
    serve(known, explorer, observer, threads)


def named_finder(package):
    """Has this file and those of a package say that they come from `NAME`. Gives what finds those of the package."""
    from _imp import _fix_co_filename as rename
    from importlib.machinery import SOURCE_SUFFIXES, FileFinder, SourceFileLoader

    class Loader(SourceFileLoader):
        def get_code(self, fullname):
            code = super().get_code(fullname)
            rename(code, NAME)
            return code

    def find(folder):
        if not folder.startswith(package):
            raise ImportError
        return FileFinder(folder, (Loader, SOURCE_SUFFIXES))

    rename(sys._getframe(2).f_code, NAME)
    return find


def is_of_library(entry):
    """Whether an entry of the path belongs to the interpreter itself, as a folder or as an archive."""
    library = os.path.dirname(os.path.abspath(os.__file__))
    name = os.path.basename(entry)
    if entry == library or entry == os.path.join(sys.base_exec_prefix, "DLLs"):
        return True
    return name == "lib-dynload" or name == "python%d%d.zip" % sys.version_info[:2]


if __name__ == "__main__":
    if sys.version_info < OLDEST:
        refuse()
        sys.exit(1)
    main()
