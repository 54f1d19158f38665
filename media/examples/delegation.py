"""`yield from` three deep: a tour visits cities, a city has sights, a sight takes its time. The scheduler knows one task only,
and every yield of the innermost generator suspends the whole stack."""
# @tasks tour() walk()


def sight(name, minutes):
    """Looks at one sight for a while; returns how long it took."""
    for minute in range(10, minutes + 1, 10):
        yield f"{minute} minutes at the {name}"
    return minutes


def city(name, sights):
    """Sees the sights of a city one after the other; returns the minutes for all of them."""
    total = 0
    for place, minutes in sights.items():
        total += yield from sight(f"{place} of {name}", minutes)
    return total


def tour():
    """A tour of two cities; returns the minutes spent."""
    first = yield from city("Lisbon", {"tower": 20, "bridge": 10})
    yield "on the train"
    second = yield from city("Porto", {"library": 30})
    return first + second


class Tree:
    """A tree walks itself: `yield from self.left` delegates to the iterator of a subtree."""

    def __init__(self, value, left=None, right=None):
        self.value, self.left, self.right = value, left, right

    def __iter__(self):
        if self.left:
            yield from self.left
        yield self.value
        if self.right:
            yield from self.right


def walk():
    """Walks a tree of seven numbers in order."""
    tree = Tree(4, Tree(2, Tree(1), Tree(3)), Tree(6, Tree(5), Tree(7)))
    yield from tree
    return "walked"
