/**
 * Keeps the file of a live run up to date: each call of `write` appends what is new. So the complete trace can be read after the
 * process has ended.
 */

import type { NotedChange } from "../../core/schedule/changes";
import { sliceOf } from "../../core/trace/slice";
import type { Entry } from "../seen/outputLog";
import type { SeenRecord } from "../seen/seenRecord";
import type { ThrownRecord } from "../seen/thrownRecord";
import type { WaitRecord } from "../seen/waitRecord";
import type { WatchEntry } from "../seen/watchEntry";
import {
  changeSections,
  decidedSteps,
  driverSections,
  exploredSections,
  metaOf,
  metaSection,
  outputSections,
  pointSections,
  resourceSections,
  sourceSections,
  tailSection,
} from "./encode";
import type { EncodedSection } from "./format";
import type { Recordable } from "./recordable";
import type { SectionStore, SectionStoreFile } from "./sectionStore";

export class Journal {
  #meta = "";
  #points = 0;
  #resources = 0;
  /** How many drivers are written, and the last step whose driver is. */
  #drivers = 0;
  #driven = 0;
  #steps = 0;
  #sources = 0;
  #changes = 0;
  #decided = -1;
  #output: Entry[] = [];
  /** What a search has found, as far as it is written, and how many times that was written. */
  #explored: readonly object[] | undefined;
  #timesExplored = 0;

  /** @param stores the stores for captured locals, watch values, errors, and the wait log */
  constructor(
    readonly stores: {
      readonly seen: SectionStore<SeenRecord>;
      readonly gave: SectionStore<WatchEntry>;
      readonly threw: SectionStore<ThrownRecord>;
      readonly waited: SectionStore<WaitRecord>;
    },
  ) {}

  /** Queues a piece of output. */
  printed(entry: Entry): void {
    this.#output.push(entry);
  }

  /**
   * Appends everything that is new.
   *
   * @throws Error of the file system; the next call tries again
   */
  write(file: Pick<SectionStoreFile, "append">, subject: Recordable): void {
    const { trace, scheduler, sources, inspections, watched, throws, waits, drivers } = subject.run;
    const { seen, gave, threw, waited } = this.stores;
    // The number of steps is left out: it follows from the steps themselves, and the meta section would change all the time.
    const meta = { ...metaOf(subject), steps: 0 };
    const text = JSON.stringify(meta);
    const steps = inspections.changedSteps;
    const decided = decidedSteps(subject);
    const changes = settled(scheduler.changes, decided);
    const explored = this.#exploredNow(subject);
    const isExploredNew = explored !== this.#explored;
    const isOrderNew = changes.length > this.#changes || decided > this.#decided;
    const sections = [
      ...(text === this.#meta ? [] : [metaSection(meta)]),
      ...pointSections(trace.points, this.#points),
      ...resourceSections(waits.resources, this.#resources),
      ...driverSections(drivers, this.#drivers, this.#driven),
      ...(isOrderNew ? changeSections(changes, this.#changes, decided, scheduler.followed) : []),
      ...sourceSections([...sources.all].slice(this.#sources)),
      ...outputSections(this.#output),
      ...gave.sections(watched.unwritten),
      ...seen.sections(steps.flatMap((step) => inspections.recordOf(step) ?? [])),
      ...threw.sections(throws.unwritten),
      ...waited.sections(waits.unwritten),
      ...(isExploredNew ? exploredSections(explored ?? [], this.#timesExplored + 1) : []),
      ...this.#tail(subject),
    ];
    const places = sections.length > 0 ? file.append(sections) : [];
    gave.note(places);
    seen.note(places);
    threw.note(places);
    waited.note(places);
    this.#meta = text;
    this.#points = trace.points.length;
    this.#resources = waits.resources.length;
    this.#drivers = drivers?.drivers.length ?? 0;
    this.#driven = drivers?.last ?? 0;
    this.#sources = sources.all.size;
    this.#steps = trace.length;
    this.#changes = changes.length;
    this.#decided = decided;
    this.#output = [];
    this.#explored = explored;
    this.#timesExplored += Number(isExploredNew);
    watched.forgetUnwritten();
    throws.forgetUnwritten();
    waits.forgetUnwritten();
    inspections.forgetChanged(steps);
  }

  /** What a search has found. While it is under way it is not written: it would fill the file with what no longer counts. */
  #exploredNow({ exploration }: Recordable): readonly object[] | undefined {
    if (!exploration || exploration.isUnderWay) return this.#explored;
    const { saved } = exploration;
    return saved.length > 0 || this.#explored ? saved : undefined;
  }

  /** New steps of the segment that is not full yet. When the segment is full, it is written as a whole, and they become obsolete. */
  #tail({ run: { trace } }: Recordable): EncodedSection[] {
    const first = Math.max(this.#steps, trace.fullSegments * trace.segmentSteps) + 1;
    if (first > trace.length) return [];
    const chunk = trace.chunkAt(first);
    return [tailSection(sliceOf(chunk, first - chunk.first, trace.length + 1 - chunk.first))];
  }
}

/** The changes without a policy that has not picked yet, since another policy may still replace it. */
function settled(changes: readonly NotedChange[], steps: number): readonly NotedChange[] {
  const last = changes.at(-1);
  return last?.change.kind === "policy" && last.after >= steps ? changes.slice(0, -1) : changes;
}
