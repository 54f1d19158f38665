"""What a task waits for in `any` and `all`."""


class Group:
    def __init__(self, is_any, parts):
        self.is_any = is_any
        self.parts = parts
        self.values = [None] * len(parts)
        self.is_served = [False] * len(parts)
        self.left = len(parts)

    def serve(self, part, value):
        """Records the result of a part."""
        self.values[part] = value
        self.is_served[part] = True
        self.left -= 1

    def served(self):
        """The served parts, each with its result."""
        return [pair for pair, is_served in zip(zip(self.parts, self.values), self.is_served) if is_served]
