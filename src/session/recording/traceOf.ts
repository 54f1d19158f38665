/**
 * Builds a trace from the sections of a trace file. Its segments stay in the file; the steps after them are loaded.
 */
import { totalsAfter } from "../../core/trace/segment";
import { sliceOf } from "../../core/trace/slice";
import { Totals } from "../../core/trace/totals";
import { maxChunkSteps, type StepChunk } from "../../core/trace/trace";
import { TraceStore } from "../../core/trace/traceStore";
import type { Contents } from "./contents";
import { TraceFileError } from "./errors";
import { type SectionPlace, sectionKind } from "./format";
import type { Losses } from "./losses";
import type { Meta } from "./schema";
import type { SectionFile } from "./sectionFile";
import { chunkOf, isConsistent, Segments } from "./segments";
import { decodeTotals } from "./totals";

/** The maximum size of the totals of all segments, as a number of tasks. A damaged file could claim any number. */
const maxTotals = 8_000_000;

/** The size of a step's columns in bytes, and the maximum compression ratio. They limit how many steps a file can contain. */
const bytesPerStep = 11;
const maxInflation = 1_032;

/** A trace from a file. */
export interface OpenedTrace {
  readonly trace: TraceStore;
  readonly meta: Meta;
  readonly segments: Segments;
}

/**
 * Reads the trace in a file, and what it was recorded from.
 *
 * @throws TraceFileError if the file contains neither steps nor a meta section
 */
export function traceOf(file: SectionFile, contents: Contents, losses: Losses): OpenedTrace {
  const places = byNumber(file, sectionKind.steps);
  const tails = file.places.filter(({ kind }) => kind === sectionKind.tail).flatMap((place) => chunkOf(file, place) ?? []);
  const segmentSteps = segmentStepsOf(file, places);
  const segments = new Segments(file, places, segmentSteps, losses);
  const count = segmentCount(file, places, tails, segmentSteps);
  const meta = contents.meta ?? guessed(contents, tasksIn(segments, count, tails));
  if (!contents.meta && count === 0 && tails.length === 0) {
    throw new TraceFileError("The trace file is damaged: none of it can be read.", "Use another copy, if there is one.");
  }
  segments.tasks = meta.tasks.length;
  const after = totalsOf(file, segments, count);
  const trace = TraceStore.over({ file: segments, segmentSteps, after, points: contents.points });
  takeTails(trace, tails, meta.tasks.length);
  return { trace, meta, segments };
}

function byNumber(file: SectionFile, kind: number): Map<number, SectionPlace> {
  return new Map(file.places.filter((place) => place.kind === kind).map((place) => [place.number, place]));
}

/** The number of steps in a full segment, which is the same for all. Found in the first segment that can be read. */
function segmentStepsOf(file: SectionFile, places: ReadonlyMap<number, SectionPlace>): number {
  for (const place of places.values()) {
    const chunk = chunkOf(file, place);
    if (chunk) return chunk.task.length;
  }
  return maxChunkSteps;
}

/** The number of full segments, including lost ones, limited to what can fit in a file of this size. */
function segmentCount(
  file: SectionFile,
  places: ReadonlyMap<number, SectionPlace>,
  tails: readonly StepChunk[],
  segmentSteps: number,
): number {
  const most = Math.floor((file.bytes * maxInflation) / (bytesPerStep * segmentSteps));
  let count = 0;
  for (const number of places.keys()) if (number < most) count = Math.max(count, number + 1);
  for (const { first } of tails) {
    const before = Math.floor((first - 1) / segmentSteps);
    if (before <= most) count = Math.max(count, before);
  }
  return count;
}

/** The totals after each segment: read from the file, or else counted again. Lost steps count for no task. */
function totalsOf(file: SectionFile, segments: Segments, count: number): Totals[] {
  const places = byNumber(file, sectionKind.totals);
  const after: Totals[] = [];
  let kept = 0;
  for (let number = 0; number < count && kept < maxTotals; number += 1) {
    if (!segments.places.has(number)) segments.lose(number);
    const before = after[number - 1] ?? Totals.none;
    const totals = storedTotals(file, places.get(number), (number + 1) * segments.segmentSteps, segments.tasks);
    after.push(totals ?? countedTotals(segments, number, before));
    kept += after[number]?.tasks ?? 0;
  }
  return after;
}

function storedTotals(file: SectionFile, place: SectionPlace | undefined, steps: number, tasks: number) {
  if (!place) return undefined;
  try {
    const totals = decodeTotals(file.content(place), steps);
    return totals && totals.tasks <= tasks ? totals : undefined;
  } catch {
    return undefined; // damaged, so the totals are counted again
  }
}

function countedTotals(segments: Segments, number: number, before: Totals): Totals {
  const chunk = segments.readWhole(number);
  if (chunk) return totalsAfter(chunk, chunk.task.length, before, segments.tasks);
  segments.lose(number);
  return before;
}

/** Appends the steps after the last full segment. Sections may overlap with others or with segments. */
function takeTails(trace: TraceStore, tails: readonly StepChunk[], tasks: number): void {
  for (const tail of tails) {
    const known = trace.length + 1 - tail.first;
    if (known < 0 || known >= tail.task.length) continue;
    const rest = sliceOf(tail, known, tail.task.length);
    if (!isConsistent(rest, tasks)) return;
    trace.append({ ...rest, point: rest.point.map((point) => (point > trace.points.length ? 0 : point)) });
  }
}

/** The number of tasks, found by reading all steps. Only one segment is in memory at a time. */
function tasksIn(segments: Segments, count: number, tails: readonly StepChunk[]): number {
  segments.tasks = Number.POSITIVE_INFINITY;
  let tasks = 0;
  const look = ({ task }: StepChunk) => {
    for (const id of task) tasks = Math.max(tasks, id + 1);
  };
  for (let number = 0; number < count; number += 1) {
    const chunk = segments.readWhole(number);
    if (chunk) look(chunk);
  }
  tails.forEach(look);
  return tasks;
}

/** Default values for a file without a meta section. */
function guessed({ sources }: Contents, tasks: number): Meta {
  return {
    file: [...sources.all.keys()][0] ?? "",
    calls: [],
    until: "first",
    status: "stopped",
    tasks: Array.from({ length: tasks }, (_, id) => ({ name: `task ${id + 1}`, call: "", added: 0 })),
    steps: 0,
    watches: [],
  };
}
