/**
 * What all tasks printed up to the step at the cursor, as in a terminal. Contains only the end of the output, since a view is small and
 * updated many times a second.
 */
import type { TraceStore } from "../../core/trace/traceStore";
import type { PrintedBy, PrintedSoFar } from "../../protocol/printed";
import type { Entry, OutputLog } from "./outputLog";

const mostPieces = 100;
/** The maximum number of pieces at full speed, when nobody reads more than what is visible. */
const mostAtFullSpeed = 20;
const mostCharacters = 10_000;
/** The maximum number of segments searched for pieces. Each may have to be read from disk to find the tasks of its steps. */
const mostSegments = 12;

/** A cache of the task of each step, by trace and step, so that repeated views do not read segments again. */
const asked = new WeakMap<TraceStore, Map<number, number>>();
const mostAsked = 10_000;

/** The state of the view: the run, the cursor, and the speed. */
export interface ShownStep {
  readonly run: { readonly trace: TraceStore; readonly output: OutputLog };
  readonly cursor: number;
  readonly head: number;
  readonly shownStatus: string;
  /** The speed of a slow run in steps per second, while it is running. */
  readonly speed: number | undefined;
}

/** The output up to the cursor. In a live view, it includes the output of the step in progress. */
export function outputUpTo({ run, cursor, head, shownStatus, speed }: ShownStep): PrintedSoFar {
  const { entries } = run.output;
  const end = run.output.countUpTo(cursor === head ? head + 1 : cursor);
  const most = shownStatus === "running" && speed === undefined ? mostAtFullSpeed : mostPieces;
  const segments = new Set<number>();
  let room = mostCharacters;
  let first = end;
  for (let entry = entries[first - 1]; entry && room > 0 && end - first < most; entry = entries[first - 1]) {
    if (segments.add(Math.ceil(entry.step / run.trace.segmentSteps)).size > mostSegments) break;
    room -= entry.text.length;
    first -= 1;
  }
  const pieces = entries.slice(first, end).map((entry) => pieceOf(entry, run.trace));
  const [oldest] = pieces;
  const cut = Math.max(0, -room);
  if (oldest && cut > 0) pieces[0] = { ...oldest, text: oldest.text.slice(cut) };
  const before = entries[first - 1];
  return { pieces, ...(before ? { earlier: { pieces: first, step: before.step } } : {}), ...(cut > 0 ? { cut } : {}) };
}

function pieceOf(entry: Entry, trace: TraceStore): PrintedBy {
  const { step } = entry;
  return step >= 1 && step <= trace.length ? { ...entry, task: taskOf(step, trace) } : entry;
}

function taskOf(step: number, trace: TraceStore): number {
  const known = asked.get(trace) ?? new Map<number, number>();
  const task = known.get(step) ?? trace.at(step).task;
  if (known.size >= mostAsked) known.clear();
  known.set(step, task);
  asked.set(trace, known);
  return task;
}
