"""The lost update: read, give way, write. Whoever wrote in between is overwritten."""
# @tasks deposit() deposit()

account = 0
locked = False


def deposit():
    """Reads the balance, yields, and writes what it had read plus one. Run two of them until all are over: one increment is
    lost."""
    global account
    read = account
    yield f"read {read}"
    account = read + 1
    yield f"wrote {account}"
    return account


def atomic_deposit():
    """The same without a yield between reading and writing: the slice is atomic, and nothing is lost."""
    global account
    read = account
    account = read + 1
    yield f"wrote {account}"
    return account


def acquire():
    """A mutex of one variable: gives way until it is free. No other task can come between the test and the set."""
    global locked
    while locked:
        yield "waits for the lock"
    locked = True


def locked_deposit():
    """The yield is back between reading and writing, but under a lock."""
    global account, locked
    yield from acquire()
    read = account
    yield f"read {read}"
    account = read + 1
    locked = False
    yield f"wrote {account}"
    return account
