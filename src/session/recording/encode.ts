/**
 * Encodes a run as the sections of a trace file.
 */

import { isDeepStrictEqual } from "node:util";
import type { NotedChange } from "../../core/schedule/changes";
import type { Totals } from "../../core/trace/totals";
import type { StepChunk, YieldPoint } from "../../core/trace/trace";
import type { ResourceInfo } from "../../core/waiting/rows";
import { chunkPieces } from "../../protocol/chunk";
import type { DriverLog } from "../seen/driverLog";
import type { Entry } from "../seen/outputLog";
import type { Observed } from "../seen/runRecord";
import { type EncodedSection, encodeCompressed, encodeSection, type SectionKind } from "./format";
import type { Recordable } from "./recordable";
import type { Meta } from "./schema";
import { encodeTotals } from "./totals";

/** The minimum size in bytes of a section that is worth compressing. */
const minCompressed = 256;

/** The approximate number of characters in one section. */
const maxCharacters = 1024 * 1024;

/** The meta section as it is now. */
export function metaOf(subject: Recordable): Meta {
  const { run, options, calls, until, virtualTime, shownStatus, head, result, watches, notice } = subject;
  return {
    file: options.file,
    calls: [...calls],
    until,
    status: shownStatus,
    ...(run.runtime ? { runtime: run.runtime } : {}),
    ...(run.virtualTime ? { virtualTime: run.virtualTime } : {}),
    ...(run.threads ? { threads: run.threads } : {}),
    ...(run.processes ? { processes: true as const } : {}),
    ...(run.observed ? { observed: { ...withoutEnvironment(run.observed) } } : {}),
    ...(isDeepStrictEqual(virtualTime, run.virtualTime) ? {} : { sessionTime: virtualTime ? { virtualTime } : {} }),
    tasks: run.tasks.map(({ id, name, call }) => {
      const { step = 0, point, begun, parent } = run.added[id] ?? {};
      const spawned = parent === undefined ? {} : { parent };
      return { name, call, added: step, ...(point ? { point } : {}), ...(begun ? { begun } : {}), ...spawned };
    }),
    steps: head,
    ...(result ? { result: result.step } : {}),
    watches: [...watches.list],
    ...(run.output.lostFrom === undefined ? {} : { outputLost: run.output.lost, outputLostFrom: run.output.lostFrom }),
    ...(run.rejections?.length ? { rejections: [...run.rejections] } : {}),
    ...(run.foreignYields?.length ? { foreignYields: [...run.foreignYields] } : {}),
    ...(shownStatus === "failed" && notice ? { failure: notice } : {}),
  };
}

/** The variables of an environment may be secrets, and traces are passed on. */
function withoutEnvironment({ environment: _, ...rest }: Observed): Observed {
  return rest;
}

export function metaSection(meta: Meta): EncodedSection {
  return jsonSection("meta", meta);
}

/** @param from the number of yield points that have already been written */
export function pointSections(points: readonly YieldPoint[], from: number): EncodedSection[] {
  if (points.length <= from) return [];
  return [jsonSection("points", { first: from + 1, points: points.slice(from) })];
}

/**
 * @param from how many drivers are written already
 * @param after the last step whose driver is written
 */
export function driverSections(log: DriverLog | undefined, from: number, after: number): EncodedSection[] {
  const pieces = [...(log?.from(after + 1) ?? [])];
  return pieces.map((piece, index) =>
    jsonSection("drivers", { drivers: index === 0 ? (log?.drivers.slice(from) ?? []) : [], ...piece }),
  );
}

/** @param from how many resources are written already */
export function resourceSections(resources: readonly ResourceInfo[], from: number): EncodedSection[] {
  if (resources.length <= from) return [];
  return [jsonSection("resources", { first: from + 1, resources: resources.slice(from) })];
}

export function sourceSections(sources: Iterable<readonly [string, string]>): EncodedSection[] {
  return [...sources].map(([file, text]) => jsonSection("source", { file, text }));
}

/**
 * The sections with changes to the order of a run.
 *
 * @param from the number of changes that have already been written
 * @param steps the step up to which the changes are complete
 * @param followed the last step that was picked by a schedule
 */
export function changeSections(changes: readonly NotedChange[], from: number, steps: number, followed = 0): EncodedSection[] {
  const groups = gathered(changes.slice(from), ({ change }) => JSON.stringify(change).length + 32);
  let first = from;
  return (groups.length > 0 ? groups : [[]]).map((some, index) => {
    const section = jsonSection("changes", {
      first,
      steps: groups[index + 1]?.[0]?.after ?? steps,
      ...(followed > 0 ? { followed } : {}),
      changes: some,
    });
    first += some.length;
    return section;
  });
}

/** The step up to which the changes are complete. A step by hand is recorded as a change only when it is over. */
export function decidedSteps({ run: { trace, scheduler, isByHand }, recorded }: Recordable): number {
  return recorded !== undefined || isByHand ? scheduler.steps : trace.length;
}

/**
 * @param objects what a search has found
 * @param number distinguishes it from what earlier sections of the file have, which no longer counts: the highest number does. Where there
 *   are such sections, one is written even for nothing
 */
export function exploredSections(objects: readonly object[], number = 0): EncodedSection[] {
  const groups = gathered(objects, (each) => JSON.stringify(each).length);
  return (groups.length > 0 || number === 0 ? groups : [[]]).map((some) => jsonSection("explored", some, number));
}

export function outputSections(entries: readonly Entry[]): EncodedSection[] {
  const short = entries.flatMap(shortened);
  return gathered(short, ({ text }) => text.length + 64).map((some) => jsonSection("output", some));
}

/**
 * Groups items with the same number into sections, which are later found by that number.
 *
 * @param numberOf must return 1 or more
 * @param encode the content of a section, in pieces; left out, it is JSON
 */
export function numberedSections<T>(
  kind: SectionKind,
  items: readonly T[],
  numberOf: (item: T) => number,
  encode?: (items: readonly T[]) => readonly Uint8Array[],
): EncodedSection[] {
  const groups = new Map<number, T[]>();
  for (const item of items) {
    const number = numberOf(item);
    const group = groups.get(number);
    if (group) group.push(item);
    else groups.set(number, [item]);
  }
  return [...groups].map(([number, some]) =>
    encode ? encodeSection(kind, encode(some), number) : jsonSection(kind, some, number),
  );
}

/** A full segment, and what each task had done after it. Not compressed, for speed. */
export function segmentSections(segment: StepChunk, number: number, after: Totals): EncodedSection[] {
  return [encodeSection("steps", chunkPieces(segment), number), encodeSection("totals", [encodeTotals(after)], number)];
}

/** The steps after the last full segment. */
export function tailSection(chunk: StepChunk): EncodedSection {
  return encodeSection("tail", chunkPieces(chunk));
}

function jsonSection(kind: SectionKind, value: unknown, number = 0): EncodedSection {
  const bytes = new TextEncoder().encode(JSON.stringify(value));
  return bytes.length < minCompressed ? encodeSection(kind, [bytes], number) : encodeCompressed(kind, bytes, number);
}

/** Splits long output into several pieces, which the log joins again. */
function shortened(entry: Entry): Entry[] {
  if (entry.text.length <= maxCharacters) return [entry];
  const { dropped: _, ...rest } = entry;
  const count = Math.ceil(entry.text.length / maxCharacters);
  return Array.from({ length: count }, (_, index) => {
    const text = entry.text.slice(index * maxCharacters, (index + 1) * maxCharacters);
    return index === count - 1 ? { ...entry, text } : { ...rest, text };
  });
}

/** Splits items into groups of limited size. */
function gathered<T>(items: readonly T[], size: (item: T) => number): T[][] {
  const groups: T[][] = [];
  let room = 0;
  for (const item of items) {
    if (room < size(item)) {
      groups.push([]);
      room = maxCharacters;
    }
    groups.at(-1)?.push(item);
    room -= size(item);
  }
  return groups;
}
