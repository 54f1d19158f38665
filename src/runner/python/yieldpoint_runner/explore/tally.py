"""How often each outcome was met, and the calmest run that leads to it: see `src/core/explore/tally.ts`."""


class _Entry:
    __slots__ = ("orders", "calm", "witness", "told", "is_witness_told")

    def __init__(self, calm, witness):
        self.orders = 1
        self.calm = calm
        self.witness = witness
        self.told = 0
        self.is_witness_told = False


class Tally:
    def __init__(self):
        self._entries = {}

    def add(self, outcome, deviations, picks):
        """Counts a run."""
        entry = self._entries.get(outcome)
        if entry is None:
            self._entries[outcome] = _Entry((deviations, _switches(picks), len(picks)), picks)
            return
        entry.orders += 1
        if deviations > entry.calm[0]:
            return
        calm = (deviations, _switches(picks), len(picks))
        if calm < entry.calm:
            entry.calm, entry.witness, entry.is_witness_told = calm, picks, False

    def news(self):
        """What changed since the last call."""
        news = []
        for outcome, entry in self._entries.items():
            if entry.orders == entry.told:
                continue
            met = {"id": outcome, "orders": entry.orders - entry.told}
            news.append(met if entry.is_witness_told else dict(met, witness=entry.witness))
            entry.told = entry.orders
            entry.is_witness_told = True
        return news


def _switches(picks):
    """How often another task ran than in the step before."""
    return sum(map(int.__ne__, picks, picks[1:]))
