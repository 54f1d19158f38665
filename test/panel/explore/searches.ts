/**
 * Searches over orders as a session sends them.
 */
import type { SearchState } from "../../../src/protocol/exploration";
import type { View } from "../../../src/protocol/panel";
import { view } from "../recorded";

/** Two deposits of which one is lost in 12 of 20 orders. */
export const lostUpdate: SearchState = {
  status: "over",
  tried: 20,
  countsClasses: false,
  rate: 4_000,
  check: "account === 2",
  calls: ["deposit()", "deposit()"],
  outcomes: [
    {
      id: 0,
      orders: 12,
      share: 0.6,
      failing: true,
      end: "the check does not hold: account === 2",
      values: [
        { name: "account", value: "1" },
        { name: "deposit", value: "returned undefined" },
        { name: "deposit #2", value: "returned undefined" },
      ],
      steps: 6,
      switches: 2,
      deviations: 3,
      explanation:
        "The outcome turns on whether step 3 comes before step 2: both read account before either wrote it back, so one write is lost.",
    },
    {
      id: 1,
      orders: 8,
      share: 0.4,
      failing: false,
      end: "all tasks have ended",
      values: [
        { name: "account", value: '"<b>2</b>"' },
        { name: "deposit", value: "returned undefined" },
        { name: "deposit #2", value: "returned undefined" },
      ],
      steps: 6,
      switches: 1,
    },
  ],
  more: 0,
  failing: 1,
  says: ["All 20 orders."],
  verdicts: [
    { state: "found", text: "12 of 20 orders break the check." },
    { state: "proved", text: "No deadlock: proved for these tasks." },
  ],
};

/** A view with a search; undefined for none. */
export function searching(changes?: Partial<SearchState>, more: Partial<View> = {}): View {
  const search = changes && { ...lostUpdate, ...changes };
  return view(128, {
    exploring: { check: "account === 2", invariant: "", policy: "round-robin", strategy: "", ...(search ? { search } : {}) },
    ...more,
  });
}
