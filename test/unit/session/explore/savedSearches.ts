/**
 * Searches as a trace file has them.
 */
import type { OutcomeReport, SearchReport } from "../../../../src/session/explore/report";

const explored: SearchReport["explored"] = {
  orders: 20,
  of: 20,
  claim: "all",
  strategy: "exhaustive",
  pruned: 0,
  cut: 0,
  deterministic: true,
  seed: 0,
  millis: 3,
  says: ["All 20 orders."],
  verdicts: [{ property: "check", state: "found", text: "Breaks the check in 12 of 20 orders." }],
  opaque: [],
  program: { file: "/project/tasks.ts", calls: ["f1()", "f2(3)"], check: "account === 2", until: "all", steps: 1_000 },
  basis: { coverage: "all", done: true, sizes: { runs: 0, mean: 0, variance: 0 } },
};

const lost: OutcomeReport = {
  outcome: {
    steps: 6,
    stopped: "all-finished",
    tasks: { f1: { state: "returned", value: "undefined" } },
    watches: { account: "1" },
    why: "the check does not hold: account === 2",
  },
  orders: 12,
  failing: true,
  by: "check",
  witness: 'round-robin; "f1()" "f2(3)"; (0 1)*3',
  switches: 5,
  deviations: 0,
  explanation: "The outcome turns on whether step 3 comes before step 2.",
};

const kept: OutcomeReport = {
  outcome: { steps: 6, stopped: "all-finished", tasks: {}, watches: { account: "2" } },
  orders: 8,
  failing: false,
  witness: 'round-robin; "f1()" "f2(3)"; 0*3 1*3',
  switches: 1,
};

/** The objects of a search with two outcomes, the last of them with this field more or less. */
export function savedObjects(saved: object = {}): readonly object[] {
  return [lost, kept, { explored, saved: { status: "over", outcomes: 2, more: 0, failing: 1, ...saved } }];
}
