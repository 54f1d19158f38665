/**
 * The scheduling part of views as a session sends them: a policy, a schedule, branches and a comparison.
 */
import { stepEvents } from "../../../src/core/trace/trace";
import { TraceStore } from "../../../src/core/trace/traceStore";
import type { FromPanel, ToPanel, View } from "../../../src/protocol/panel";
import type { Branch, BranchComparison, ComparedTable, Comparing } from "../../../src/protocol/schedule";
import { timelineOf } from "../../../src/session/analysis/timeline";
import { comparisonTable } from "../../../src/session/compare/comparisonTable";
import type { LineOutcome } from "../../../src/session/compare/lineOutcome";
import { answerRows } from "../browser";
import { view } from "../recorded";
import type { Answer } from "../runs";

/** The full schedule, as it is copied. */
export const schedule = 'lottery:seed=7; "counter()" "bogosort([3, 1, 2])" "warmUp()"; 0 1 2 (1 0)*62 !0="go" 1\n';

/** A run under the lottery policy, with the reasons for its picks. */
export function ordered(changes: Partial<View> = {}): View {
  const shown = view(128, changes);
  return {
    ...shown,
    policy: { text: "lottery:seed=7", name: "lottery", seed: 7 },
    schedule: { text: schedule.slice(0, 100), cut: true },
    ...(shown.cursor === shown.head ? { reason: "ticket 2 of 2" } : {}),
    ...(shown.now ? { now: { ...shown.now, why: "ticket 1 of 2" } } : {}),
    ...changes,
  };
}

/** Three branches; the second one is current. */
export const branches: Branch[] = [
  { id: 0, name: "first", head: 128, current: false, rests: true, outcome: "warmUp returned 42; 2 ready" },
  {
    id: 1,
    name: "counter first",
    after: 56,
    parent: 0,
    head: 128,
    current: true,
    rests: false,
    outcome: "warmUp returned 42; 2 ready",
  },
  {
    id: 2,
    name: "thrown into",
    after: 90,
    parent: 1,
    head: 91,
    current: false,
    rests: true,
    outcome: "bogosort threw Error: stop",
  },
];

/** The comparison of two of them. */
export const branchesCompared: BranchComparison = {
  step: 57,
  one: { task: "bogosort", event: "yielded", value: "undefined", line: 33 },
  other: { task: "counter", event: "yielded", value: "29", line: 18 },
  tasks: [
    { name: "counter", one: "ready", other: "ready", differs: false },
    { name: "bogosort", one: "ready", other: "threw Error: stop", differs: true },
    { name: "warmUp", one: "returned 42", other: "returned 42", differs: false },
    { name: "counter #2", other: "ready", differs: true },
  ],
};

/** Three policies side by side; the last one could not be run. */
export async function policiesCompared(): Promise<ComparedTable> {
  const outcomes = [
    await outcome("round-robin", 300, (step) => step % 3),
    await outcome("lottery:seed=7", 240, (step) => (step * 7 + (step % 5)) % 3),
    {
      ...(await outcome("mine.js", 1, () => 0)),
      stopped: "policy-failed",
      steps: 0,
      tasks: [],
      schedule: undefined,
      problem: "The function of mine.js gave 9, which is no ready task.",
    },
  ];
  return comparisonTable(outcomes, "policies");
}

/** The progress of a comparison that is over. */
export function comparingOf({ rows }: ComparedTable, kind: Comparing["kind"] = "policies"): Comparing {
  const lines = rows.map(({ name }) => ({ name, state: "done" as const, runs: 1, steps: 300 }));
  return { kind, lines, runs: 1, isOver: true, cancelled: false };
}

async function outcome(policy: string, steps: number, turn: (step: number) => number): Promise<LineOutcome> {
  const trace = new TraceStore();
  const task = Uint16Array.from({ length: steps }, (_, index) => turn(index));
  const event = new Uint8Array(steps);
  event[steps - 1] = stepEvents.indexOf("returned");
  trace.append({
    first: 1,
    task,
    event,
    micros: new Float32Array(steps).fill(3),
    value: new Uint16Array(steps),
    point: new Uint16Array(steps),
    values: ["undefined"],
  });
  const lanes = [[0], [1], [2]];
  const source = { trace, output: { entries: [] }, added: lanes.map(() => ({ step: 0 })) };
  const level = await timelineOf(source, { axis: "step", from: 0, to: steps, buckets: 240, lanes });
  const waiting = { steps: 2, micros: 6 };
  const figures = {
    stopped: "all-finished",
    steps,
    switches: steps - 1,
    returned: 1,
    threw: 0,
    blocked: 0,
    watches: [],
    measures: [],
  };
  return {
    ...figures,
    runs: [figures],
    way: "cooperative",
    schedule,
    policy,
    micros: steps * 3,
    firstReturn: { step: Math.ceil(steps / 2), micros: (steps * 3) / 2 },
    lastReturn: { step: steps, micros: steps * 3 },
    fairness: policy === "round-robin" ? 1 : 0.953,
    tasks: ["counter", "bogosort", "warmUp"].map((name, id) => ({
      name,
      outcome: id === 0 ? "returned 42" : "ready",
      steps: task.filter((each) => each === id).length,
      micros: 300,
      mean: waiting,
      worst: { steps: policy === "round-robin" ? 2 : 9, micros: 30 },
    })),
    output: "Elapsed: 1 s\n",
    printed: 13,
    timeline: { ...level, lives: [...level.lives], waits: [...level.waits] },
  };
}

/** A host that also answers requests about scheduling. */
export function answerOrder(table: ComparedTable = { columns: [], rows: [] }): Answer {
  const rows = answerRows(128);
  return async (message: FromPanel): Promise<ToPanel | undefined> => {
    if (message.type === "scheduleText") return { type: "scheduleText", id: message.id, text: schedule };
    if (message.type === "compareBranches") return { type: "branchesCompared", id: message.id, comparison: branchesCompared };
    if (message.type === "comparable")
      return { type: "comparable", id: message.id, own: ["computing", "waiting"], others: ["philosophers"] };
    if (message.type === "comparison") return { type: "compared", id: message.id, table };
    if (message.type === "comparisonText") return { type: "comparisonText", id: message.id, text: `as ${message.format}` };
    return rows(message);
  };
}
