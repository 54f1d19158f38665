/**
 * Views as a session sends them: the run of `counter-and-bogosort.ts` at any step, and rows for runs of any length.
 */
import type { Breakpoint } from "../../src/protocol/breakpoints";
import type { Row, TaskRow, View } from "../../src/protocol/panel";
import type { PrintedBy, PrintedSoFar } from "../../src/protocol/printed";
import type { Detail } from "../../src/protocol/stepDetail";
import type { Watch } from "../../src/protocol/watches";

export const file = "/examples/counter-and-bogosort.ts";
const names = ["counter", "bogosort", "warmUp"];

/** The row of a step: warmUp returns in step 3, the other two take turns. */
export function row(step: number): Row {
  if (step === 3) return { step, task: 2, event: "returned", value: "42", micros: 21 };
  const task = step < 3 ? step - 1 : step % 2 === 0 ? 1 : 0;
  const point = { file, line: task === 0 ? 18 : 33, column: task === 0 ? 7 : 5, function: names[task] ?? "" };
  const printed = step % 20 === 1 ? { output: `Elapsed: ${step} s\n` } : {};
  return { step, task, event: "yielded", value: "undefined", point, micros: task === 0 ? 3.1 : 31.4, ...printed };
}

/** `count` rows from a step on, up to the head. */
export function rows(from: number, count: number, head: number): Row[] {
  return Array.from({ length: Math.max(0, Math.min(count, head - from + 1)) }, (_, index) => row(from + index));
}

export function task(id: number, head: number): TaskRow {
  const steps = id === 2 ? 1 : Math.max(0, Math.floor(head / 2) - id);
  const stacks = [
    [{ file, line: 18, column: 7, function: "counter" }],
    [
      { file, line: 12, column: 3, function: "shuffle" },
      { file, line: 33, column: 5, function: "bogosort" },
    ],
    [],
  ];
  const calls = ["counter()", "bogosort([9, 4, 1, 7, 3, 2, 8, 5, 6, 0])", "warmUp()"];
  const value = id === 2 ? "42" : "undefined";
  return {
    id,
    name: names[id] ?? "",
    call: calls[id] ?? "",
    state: id === 2 ? "returned" : "ready",
    stack: stacks[id] ?? [],
    value,
    steps,
    micros: steps * (id === 0 ? 3.1 : 31.4),
  };
}

/** The detail of a step. Handle 1 is `attempt`, handle 2 is `unsorted`, handle 3 is refused. */
export function detail(step: number): Detail {
  const locals = [
    { name: "attempt", value: { text: "[9, 1, 4, 7, …]", handle: 1 } },
    { name: "unsorted", value: { text: "[9, 4, 1, …]", handle: 2 } },
    { name: "gone", value: { text: "Proxy", handle: 3 } },
    { name: "tries", value: { text: "63" }, change: "changed" as const, was: "62" },
    { name: "label", value: { text: '"shuffling"' } },
  ];
  return {
    step,
    task: row(step).task,
    value: { text: "undefined" },
    frames: [{ function: "bogosort", file, line: 33, column: 5, locals }],
    output: step % 20 === 1 ? [{ stream: "stdout", text: `Elapsed: ${step} s\n`, dropped: 12_345 }] : [],
    soFar: soFar(step),
  };
}

/** The number of last pieces shown of a run that also printed while it was loaded. */
const shownPieces = 20;

/** The output up to a step, as `row` has it. */
function soFar(step: number): PrintedSoFar {
  const count = Math.floor((step + 19) / 20);
  const shown = Math.min(count, shownPieces);
  const pieces = Array.from({ length: shown }, (_, index): PrintedBy => {
    const at = (count - shown + index) * 20 + 1;
    return { step: at, task: row(at).task, stream: "stdout", text: `Elapsed: ${at} s\n` };
  });
  const loading = { step: 0, stream: "stderr" as const, text: "loaded\n" };
  if (count <= shownPieces) return { pieces: [loading, ...pieces] };
  return { pieces, earlier: { pieces: count - shown + 1, step: (count - shown - 1) * 20 + 1 } };
}

/** A paused session at some step, with the cursor at the head by default. */
export function view(head: number, changes: Partial<View> = {}): View {
  const cursor = changes.cursor ?? head;
  const at = cursor > 0 ? { now: row(cursor), detail: detail(cursor) } : {};
  return {
    status: "paused",
    run: 1,
    file,
    runtime: "Node 24.21",
    executable: "/usr/bin/node",
    head,
    cursor,
    next: cursor % 2,
    tasks: [0, 1, 2].map((id) => task(id, head)),
    until: "first",
    ...at,
    ...changes,
  };
}

/** The view before any session. */
export function empty(): View {
  return { status: "empty", run: 0, file: "", runtime: "", executable: "", head: 0, cursor: 0, tasks: [], until: "first" };
}

/** One breakpoint of each kind; the second is disabled, the last cannot be evaluated. */
export const breakpoints: Breakpoint[] = [
  { id: 1, kind: "resumed", enabled: true, task: "counter" },
  { id: 2, kind: "yielded", enabled: false, task: "bogosort" },
  { id: 3, kind: "threw", enabled: true },
  { id: 4, kind: "line", enabled: true, file, line: 24, fromEditor: true },
  { id: 5, kind: "condition", enabled: true, task: "counter", expression: "value > 3" },
  { id: 6, kind: "condition", enabled: true, expression: "value.length > limit", problem: "limit is not defined" },
];

/** A watch in each of its states: changed, unchanged, failing, not recorded. */
export const watches: Watch[] = [
  { expression: "tries", text: "63", was: "62" },
  { expression: "attempt", text: "[9, 1, 4, 7, 3, 2, 8, 5, 6, 0]" },
  { expression: "limit", error: "limit is not defined" },
  { expression: "started" },
];
