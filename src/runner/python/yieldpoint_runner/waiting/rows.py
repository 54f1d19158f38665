"""The kinds of rows of the wait log: see `src/core/waiting/rows.ts`. Block rows have the numbers of their operations."""

BLOCK_SLEEP = 5
GROUP, GRANT, FREE, WAKE, WITHDRAW, HAND_OVER, TIME, PART, PERMIT, OUTSIDE, SIMULATED = range(7, 18)

"""`object` of a `GROUP` row."""
GROUP_ANY, GROUP_ALL = 1, 2
