/**
 * Deterministic runs for the timeline, with any number of tasks and steps.
 */
import { readFileSync } from "node:fs";
import { maxChunkSteps, type StepChunk, stepEvents } from "../../src/core/trace/trace";
import { TraceStore } from "../../src/core/trace/traceStore";
import type { FromPanel, Row, ToPanel, View } from "../../src/protocol/panel";
import { type TimelineSource, timelineReply } from "../../src/session/analysis/timeline";
import { file, view } from "./recorded";

/** How the test's host replies; undefined means no reply. */
export type Answer = (message: FromPanel) => ToPanel | undefined | Promise<ToPanel | undefined>;

/** The task number of steps without a row. */
const nobody = 0xffff;

/** Rows as a trace; steps without a row belong to no task. */
export function sourceOfRows(rows: readonly Row[], head: number): TimelineSource {
  const chunkAt = (step: number): StepChunk => {
    const first = step - ((step - 1) % maxChunkSteps);
    const length = Math.min(maxChunkSteps, head - first + 1);
    const [task, event] = [new Uint16Array(length).fill(nobody), new Uint8Array(length)];
    const micros = new Float32Array(length);
    for (const row of rows) {
      const index = row.step - first;
      if (index < 0 || index >= length) continue;
      task[index] = row.task;
      event[index] = stepEvents.indexOf(row.event);
      micros[index] = row.micros;
    }
    return { first, task, event, micros, value: new Uint16Array(length), point: new Uint16Array(length), values: [] };
  };
  const printed = rows.filter(({ output }) => output !== undefined);
  return {
    trace: { length: head, segmentSteps: maxChunkSteps, chunkAt, nextOf: () => undefined },
    output: { entries: printed },
    added: [],
  };
}

/** A run, with its view and the host's replies. */
export interface MadeRun {
  readonly trace: TraceStore;
  readonly view: View;
  readonly answer: Answer;
}

const functions = ["counter", "bogosort", "producer", "consumer", "logger", "reader", "writer", "timer"];

/**
 * Tasks that mostly take turns. Every fourth one ends during the run: it returns, and sometimes throws or is closed. Some steps print; a
 * few slices are a hundred times as long as the others.
 */
export function makeRun(tasks: number, steps: number): MadeRun {
  const random = randomOf(tasks);
  const trace = new TraceStore();
  trace.addPoints([{ file, line: 18, column: 7, function: "counter" }]);
  const printed: { step: number }[] = [];
  const alive = Array.from({ length: tasks }, (_, id) => id);
  for (let first = 1; first <= steps; first += maxChunkSteps) {
    trace.append(chunkFrom(first, Math.min(maxChunkSteps, steps - first + 1), { random, printed, alive, tasks, steps }));
  }
  const source = { trace, output: { entries: printed }, added: alive.map(() => ({ step: 0 })) };
  return { trace, view: viewOfRun(trace, tasks), answer: (message) => answered(source, trace, message) };
}

interface Making {
  readonly random: () => number;
  readonly printed: { step: number }[];
  readonly alive: number[];
  readonly tasks: number;
  readonly steps: number;
}

function chunkFrom(first: number, length: number, { random, printed, alive, tasks, steps }: Making): StepChunk {
  const [task, event, micros] = [new Uint16Array(length), new Uint8Array(length), new Float32Array(length)];
  for (let index = 0; index < length; index += 1) {
    const step = first + index;
    const turn = random() < 0.85 ? step % alive.length : Math.floor(random() * alive.length);
    const id = alive[turn] ?? 0;
    task[index] = id;
    const isLong = random() < 20 / steps;
    micros[index] = isLong ? 2_000 + 4_000 * random() : (3 + 9 * (id % 4)) * (0.6 + 0.8 * random());
    if (random() < Math.min(0.04, 60 / steps)) printed.push({ step });
    if (alive.length > Math.ceil(tasks * 0.75) && random() < (tasks / 2 / steps) * 1.2) {
      event[index] = [1, 1, 2, 1, 3, 1, 2, 1][id % 8] ?? 1;
      alive.splice(turn, 1);
    }
  }
  const point = new Uint16Array(length).fill(1);
  return { first, task, event, micros, point, value: new Uint16Array(length), values: ["undefined"] };
}

function answered(source: TimelineSource, trace: TraceStore, message: FromPanel): ToPanel | Promise<ToPanel> | undefined {
  if (message.type === "timeline") return timelineReply(source, message);
  if (message.type !== "rows") return undefined;
  const printed = new Set(source.output.entries.map(({ step }) => step));
  const rows = trace.window(message.from, message.count).map(({ point, ...row }): Row => {
    return { ...row, ...(point ? { point } : {}), ...(printed.has(row.step) ? { output: `printed in ${row.step}` } : {}) };
  });
  return { type: "rows", id: message.id, rows };
}

/** The view of a run that is paused at its head. */
function viewOfRun(trace: TraceStore, count: number): View {
  const totals = trace.totals(trace.length, count);
  const names = Array.from({ length: count }, (_, id) => {
    const number = Math.floor(id / functions.length) + 1;
    return `${functions[id % functions.length]}${number > 1 ? ` #${number}` : ""}`;
  });
  const tasks: View["tasks"] = names.map((name, id) => {
    const { steps = 0, micros = 0, lastStep = 0 } = totals[id] ?? {};
    const event = lastStep > 0 ? trace.at(lastStep).event : "yielded";
    return { id, name, call: `${name.split(" ")[0]}()`, state: event === "yielded" ? "ready" : event, stack: [], steps, micros };
  });
  const { point, ...now } = trace.at(trace.length);
  return { ...view(0), head: trace.length, cursor: trace.length, now: { ...now, ...(point ? { point } : {}) }, tasks };
}

/** A deterministic generator of numbers from 0 to 1. */
function randomOf(seed: number): () => number {
  let state = (seed * 2_654_435_761) >>> 0;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 0x1_0000_0000;
  };
}

const kinds = { "vscode-dark": "dark", "vscode-light": "light", "vscode-high-contrast": "highContrast" } as const;

/** The colours that the extension contributes for a kind of theme, in the form in which VS Code passes them to a webview. */
export function contributedColours(theme: string): Record<string, string> {
  const { contributes } = JSON.parse(readFileSync("package.json", "utf8"));
  const kind = theme.includes("vscode-high-contrast-light") ? "highContrastLight" : kinds[theme as keyof typeof kinds];
  const colours: { id: string; defaults: Record<string, string> }[] = contributes.colors;
  return Object.fromEntries(
    colours.map(({ id, defaults }) => [`--vscode-${id.replaceAll(".", "-")}`, defaults[kind ?? "dark"] ?? ""]),
  );
}
