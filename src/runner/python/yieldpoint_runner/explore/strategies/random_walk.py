"""A random walk: any ready task, all equally likely."""


class RandomWalk:
    asks_always = False
    has_differed = None
    ran = None

    def __init__(self, chance):
        self._chance = chance
        self.pick = chance.pick

    def begin(self):
        pass

    def counts(self):
        return True

    def end(self):
        return True

    def position(self):
        return self._chance.state()
