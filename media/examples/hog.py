"""Cooperative means that nobody is made to give way. One task that does not yield stops them all."""
# @tasks polite() hog()


def hog():
    """Yields twice, then never again. Interrupt it: the other task lives on."""
    yield "polite so far"
    yield "the last yield"
    turns = 0
    while True:
        turns += 1


def polite():
    """Does a little and gives way."""
    turn = 0
    while True:
        turn += 1
        yield turn
