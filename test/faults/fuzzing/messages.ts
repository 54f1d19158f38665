/**
 * Valid messages of both wires, for changes to begin with: of each kind that is sent often, or has much in it.
 */
import { encodeWaits } from "../../../src/protocol/waits";
import { row, view } from "../../panel/recorded";

const point = { file: "/src/tasks.ts", line: 3, column: 5, function: "count" };
const value = { text: "[1, 2]", handle: 1 };

/** Those that end the process, make it another one, or ask somebody, are not among them. */
export function requests(file: string): readonly object[] {
  const part = { strategy: "exhaustive", shard: { index: 0, of: 1 }, until: "all", watches: ["1"], steps: 20 };
  const fields = { ...part, calls: [{ call: "count(2)" }, { call: "count(2)" }], counts: { values: true, output: false } };
  return [
    { id: 1, method: "hello", protocol: 1 },
    { id: 1, method: "check", file },
    { id: 1, method: "spawn", task: 2, call: "count(2)" },
    { id: 1, method: "advance", from: 1, plan: { picks: [0, 1], times: 2 }, until: [{ id: 1, expression: "value === 2" }] },
    { id: 1, method: "advance", from: 1, plan: { ring: [0, 1], steps: 4 } },
    { id: 1, method: "advance", from: 1, plan: { switches: 2 } },
    { id: 1, method: "pause" },
    { id: 1, method: "ping" },
    { id: 1, method: "interrupt", request: 1 },
    { id: 1, method: "inspect", task: 0 },
    { id: 1, method: "expand", handle: 1, start: 0, count: 10 },
    { id: 1, method: "evaluate", expression: "1 + 1", task: 0 },
    { id: 1, method: "send", from: 1, task: 0, expression: "1", until: [] },
    { id: 1, method: "throwInto", from: 1, task: 0, expression: "1" },
    { id: 1, method: "close", from: 1, task: 1 },
    { id: 1, method: "processor" },
    { id: 1, method: "remaining" },
    { id: 1, method: "explore", ...fields, policy: { name: "fcfs", priorities: [] }, time: { step: 1, seed: 1 } },
    { id: 1, method: "exploreOn", orders: 2, millis: 5 },
    { id: 1, method: "execute", schedules: [[0, 1, 0]] },
  ];
}

export const fromRunner: readonly object[] = [
  { id: 1, ok: true, result: { ran: 2, stopped: "completed" } },
  { id: 1, ok: false, error: { code: "load", message: "no", remedy: "yes", file: "/a", line: 1, column: 1, stack: "at a" } },
  { event: "output", stream: "stdout", step: 1, text: "printed", dropped: 3 },
  { event: "thrown", step: 1, thrown: { message: "no", at: point, frames: [point] } },
  { event: "clock", began: 5 },
  { event: "collected", end: 10 },
  { event: "points", points: [point, point] },
  { event: "hung", step: 1, task: 0, millis: 2_000, at: { file: "/a", line: 1, function: "f" } },
  { event: "asks", step: 1, task: 0 },
  { event: "resuming", task: 0 },
  { event: "unrepeatable", step: 1, task: 0, call: "Math.random()" },
  { event: "resources", resources: [{ kind: "lock", name: "lock" }] },
  { event: "spawned", step: 1, parent: 0, task: 2, name: "count #3", call: "count(2)", point },
  { event: "drivers", drivers: [{ file: "/a", line: 1, function: "f" }] },
  { event: "driven", step: 1, by: [1, 0], times: [2, 3] },
  { event: "iterated", function: "f" },
  { event: "uncaught", step: 1, thrown: { message: "no", frames: [] } },
  { event: "foreign", step: 1, task: 0, library: "trio" },
  { event: "fatal", step: 1, task: 0, message: "no", rejection: "no" },
];

/** Rows of the wait log: a task waits, and is served. */
export const waits = encodeWaits({
  base: 1,
  offset: Uint32Array.of(0, 1, 2),
  object: Uint32Array.of(1, 1, 0),
  task: Uint16Array.of(0, 0, 1),
  kind: Uint8Array.of(0, 1, 2),
  numbers: Float64Array.of(5),
});

export const fromPanel: readonly object[] = [
  ...["ready", "giveWay", "unpick", "leaveSchedule", "rebuild", "showSilenced", "endFind"].map((type) => ({ type })),
  { type: "command", command: "step" },
  { type: "select", step: 3 },
  { type: "look", task: 1 },
  { type: "walk", speed: 10 },
  { type: "runSteps", count: 100 },
  { type: "goTo", place: "nextChange", task: 0, watch: "total" },
  { type: "decide", function: "count", decision: "task" },
  { type: "give", text: "line" },
  { type: "reveal", file: "/a", line: 1, column: 1, keepsFocus: true },
  { type: "rows", id: 1, from: 1, count: 50 },
  { type: "expand", id: 1, handle: 1, start: 0 },
  { type: "find", id: 1, search: 1, query: { text: "x", events: [], tasks: [] } },
  { type: "setPolicy", policy: "random:seed=1" },
  { type: "pick", task: 0, send: "1" },
  { type: "followSchedule", text: "0 1 0" },
  { type: "timeline", id: 1, question: { axis: "step", from: 0, to: 10, buckets: 10, lanes: [[0], [1]] } },
  { type: "window", axis: "step", from: 0, to: 10 },
  { type: "silence", kind: "starvation", task: "count" },
  { type: "addBreakpoint", breakpoint: { kind: "line", file: "/a", line: 1 } },
];

export const toPanel: readonly object[] = [
  { type: "view", view: view(5) },
  { type: "view", view: view(3, { notice: { severity: "error", message: "no", actions: ["restart"] } }) },
  { type: "rows", id: 1, rows: [row(1), row(2)] },
  { type: "expanded", id: 2, properties: [{ name: "a", value }], total: 1 },
  { type: "waited", id: 3, told: ["waits"] },
  { type: "refused", id: 4, message: "no" },
];
