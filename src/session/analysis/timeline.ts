/**
 * Answers the panel's timeline requests. A long trace is aggregated in pieces, so that the host is not blocked. Each piece is
 * aggregated only once.
 */
import { setImmediate } from "node:timers/promises";
import type { Task } from "../../core/task";
import type { Axis } from "../../core/timeline/blocks";
import { type Keys, type PrintedSteps, type Steps, TimelineIndex } from "../../core/timeline/index";
import { isWithin, type LaneLife, type Level, levelOf, type Question } from "../../core/timeline/level";
import type { WaitRowsFrom } from "../../core/timeline/waitSpans";
import type { FromPanel, ToPanel } from "../../protocol/panel";
import { bucketsFor } from "../../protocol/timeline";
import type { Divided, DividedSteps } from "./divided";

/** The parts of a run or of a recording that the timeline needs. */
export interface TimelineSource {
  readonly trace: DividedSteps;
  /** Left out where nothing is to be told of what they delegate to. */
  readonly tasks?: readonly Task[];
  readonly output: { readonly entries: readonly { readonly step: number }[] };
  /** For each task, the step after which it was added. It has been waiting since then. */
  readonly added: readonly { readonly step: number }[];
  readonly waits?: WaitRowsFrom;
}

/** The maximum time in milliseconds before control returns to the host's event loop. */
const breathMillis = 6;

const indexes = new WeakMap<Steps, TimelineIndex>();

/**
 * The part of a run that is visible in a window.
 *
 * @throws Error if the trace can no longer be read
 */
export async function timelineOf(source: TimelineSource, question: Question): Promise<Level> {
  const { index, found, keysOf } = await indexFor(source, question);
  const buckets = bucketsFor(question.buckets, question.lanes.length);
  const level = await finished(levelOf(index, { ...question, buckets }, keysOf));
  const lives = level.lives.map((life, lane) =>
    isWithin(question, lane) ? life : sinceAdded(source, index, question, lane, life),
  );
  return { ...level, lives, ...(found ? { below: [...found] } : {}) };
}

/** The window with a whole run. Of tasks that ran at the same time, only the axis of time shows what overlapped. */
export async function wholeOf(
  run: TimelineSource & { readonly processes?: boolean | undefined },
): Promise<Pick<Question, "axis" | "from" | "to">> {
  if (!run.processes) return { axis: "step", from: 0, to: Math.max(1, run.trace.length) };
  const { end } = await timelineOf(run, { axis: "time", from: 0, to: 1, buckets: 1, lanes: [] });
  return { axis: "time", from: 0, to: Math.max(1, end.micros) };
}

/** The reply to a panel's request. If there is no answer, the reply says why. */
export async function timelineReply(
  source: TimelineSource | undefined,
  { id, question }: Extract<FromPanel, { type: "timeline" }>,
): Promise<ToPanel> {
  try {
    if (!source) throw new Error("There is no run to show.");
    const level = await timelineOf(source, question);
    return { type: "timeline", id, level: { ...level, lives: [...level.lives], waits: [...level.waits] } };
  } catch (error) {
    return { type: "refused", id, message: error instanceof Error ? error.message : String(error) };
  }
}

/** The index for a question and, if it is about delegates, what it counts the steps of each lane under. */
async function indexFor(source: TimelineSource, question: Question): Promise<Divided> {
  const { trace, tasks, output, waits } = source;
  if (!question.below?.length || !tasks) return { index: indexOf(source) };
  const { dividedFor } = await import("./divided");
  const make = (keys: Keys) => new TimelineIndex(trace, printedSteps(output), waits, keys);
  return dividedFor({ trace, tasks }, question, make) ?? { index: indexOf(source) };
}

function indexOf({ trace, output, waits }: TimelineSource): TimelineIndex {
  const known = indexes.get(trace);
  if (known) return known;
  const index = new TimelineIndex(trace, printedSteps(output), waits);
  indexes.set(trace, index);
  return index;
}

async function finished<T>(work: Generator<void, T>): Promise<T> {
  let began = performance.now();
  for (;;) {
    const next = work.next();
    if (next.done) return next.value;
    if (performance.now() - began < breathMillis) continue;
    await setImmediate();
    began = performance.now();
  }
}

/** Extends each task's life back to when it was added, because a task waits before its first slice. */
function sinceAdded(
  { added }: TimelineSource,
  index: TimelineIndex,
  { axis, lanes }: Question,
  lane: number,
  life: LaneLife | null,
): LaneLife | null {
  const [task, ...others] = lanes[lane] ?? [];
  const step = task === undefined || others.length > 0 ? undefined : added[task]?.step;
  if (step === undefined || step > index.end.step) return life;
  const from = positionAfter(index, axis, step);
  return life ? { from: Math.min(from, life.from), to: life.to } : { from, to: endOf(index, axis) };
}

function positionAfter(index: TimelineIndex, axis: Axis, step: number): number {
  return axis === "step" ? step : index.timeNear(step);
}

function endOf({ end }: TimelineIndex, axis: Axis): number {
  return axis === "step" ? end.step : end.micros;
}

function printedSteps(output: TimelineSource["output"]): PrintedSteps {
  const place = (step: number) => firstFrom(output.entries, step);
  return {
    countWithin: (from, to) => place(to + 1) - place(from),
    stepsWithin: (from, to) => [...new Set(output.entries.slice(place(from), place(to + 1)).map(({ step }) => step))],
  };
}

/** The index of the first entry at or after a step. */
function firstFrom(entries: readonly { readonly step: number }[], step: number): number {
  let low = 0;
  let high = entries.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((entries[middle]?.step ?? 0) < step) low = middle + 1;
    else high = middle;
  }
  return low;
}
