"""Tasks that raise. What one of them raises ends that task alone; the others can go on."""
# @tasks fails_at_once() fails_inside() exits() bystander()


def fails_at_once():
    """Raises before its first yield."""
    raise TypeError("there was nothing to begin with")
    yield


def countdown(start=3):
    """Counts down and raises when it gets to zero."""
    for left in range(start, 0, -1):
        yield left
    raise ValueError("counted below one")


def careful():
    """Cleans up whatever happens."""
    try:
        yield "opened the file"
        raise OSError("the disk is gone")
    finally:
        print("closed the file")
        yield "cleaning up takes a step of its own"


def fails_inside():
    """The error comes out of a delegated generator, after its `finally` ran, and gets a cause on its way."""
    try:
        yield from careful()
    except OSError as error:
        raise RuntimeError("could not save") from error


def exits():
    """Even `sys.exit` is an exception, so it ends this task alone."""
    yield "about to exit"
    raise SystemExit("enough")


def bystander():
    """Goes on whatever the others do."""
    for step in range(1, 6):
        yield f"still here, step {step}"
    return "unharmed"
