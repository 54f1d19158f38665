"""How often each outcome was met, and the calmest run that leads to it: see `src/core/explore/tally.ts`."""
from .strategies.strategy import switches_of


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
            self._entries[outcome] = _Entry((deviations, switches_of(picks), len(picks)), picks)
            return
        entry.orders += 1
        if deviations > entry.calm[0]:
            return
        calm = (deviations, switches_of(picks), len(picks))
        if calm < entry.calm:
            entry.calm, entry.witness, entry.is_witness_told = calm, picks, False

    def add_known(self, end, deviations, picks):
        """
        Counts runs that begin alike and are known to go on to an outcome.

        :param deviations: of their beginning
        :param picks: their beginning
        """
        begun = deviations, switches_of(picks), len(picks)
        calm = tuple(map(sum, zip(begun, end.calm)))
        entry = self._entries.get(end.outcome)
        if entry is None:
            entry = self._entries[end.outcome] = _Entry(calm, [*picks, *end.picks])
            entry.orders = end.orders
            return
        entry.orders += end.orders
        if calm < entry.calm:
            entry.calm, entry.witness, entry.is_witness_told = calm, [*picks, *end.picks], False

    def news(self):
        """What changed since the last call."""
        news = []
        for outcome, entry in self._entries.items():
            if entry.orders == entry.told:
                continue
            met = {"id": outcome, "orders": entry.orders - entry.told}
            news.append(met if entry.is_witness_told else dict(met, witness=entry.witness, deviations=entry.calm[0]))
            entry.told = entry.orders
            entry.is_witness_told = True
        return news
