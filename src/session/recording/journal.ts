/**
 * Keeps the file of a live run complete: whenever asked, it appends what is new since the last time. So the whole trace can be
 * read after the process that wrote it is gone.
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
  #steps = 0;
  #sources = 0;
  #changes = 0;
  #decided = -1;
  #output: Entry[] = [];

  /** @param stores where what was seen of tasks goes, what watches gave, what was thrown, and who waited for what */
  constructor(
    readonly stores: {
      readonly seen: SectionStore<SeenRecord>;
      readonly gave: SectionStore<WatchEntry>;
      readonly threw: SectionStore<ThrownRecord>;
      readonly waited: SectionStore<WaitRecord>;
    },
  ) {}

  /** Takes note of what was printed. */
  printed(entry: Entry): void {
    this.#output.push(entry);
  }

  /**
   * Appends what is new.
   *
   * @throws Error of the file system; it is tried again the next time
   */
  write(file: Pick<SectionStoreFile, "append">, subject: Recordable): void {
    const { trace, scheduler, sources, inspections, watched, throws, waits } = subject.run;
    const { seen, gave, threw, waited } = this.stores;
    // The number of steps follows from the steps themselves, so the meta section seldom changes.
    const meta = { ...metaOf(subject), steps: 0 };
    const text = JSON.stringify(meta);
    const steps = inspections.changedSteps;
    const decided = decidedSteps(subject);
    const changes = settled(scheduler.changes, decided);
    const isOrderNew = changes.length > this.#changes || decided > this.#decided;
    const sections = [
      ...(text === this.#meta ? [] : [metaSection(meta)]),
      ...pointSections(trace.points, this.#points),
      ...resourceSections(waits.resources, this.#resources),
      ...(isOrderNew ? changeSections(changes, this.#changes, decided, scheduler.followed) : []),
      ...sourceSections([...sources.all].slice(this.#sources)),
      ...outputSections(this.#output),
      ...gave.sections(watched.unwritten),
      ...seen.sections(steps.flatMap((step) => inspections.recordOf(step) ?? [])),
      ...threw.sections(throws.unwritten),
      ...waited.sections(waits.unwritten),
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
    this.#sources = sources.all.size;
    this.#steps = trace.length;
    this.#changes = changes.length;
    this.#decided = decided;
    this.#output = [];
    watched.forgetUnwritten();
    throws.forgetUnwritten();
    waits.forgetUnwritten();
    inspections.forgetChanged(steps);
  }

  /** Steps of the segment that is not full yet. Once it is full, it is written as a whole, and these become obsolete. */
  #tail({ run: { trace } }: Recordable): EncodedSection[] {
    const first = Math.max(this.#steps, trace.fullSegments * trace.segmentSteps) + 1;
    if (first > trace.length) return [];
    const chunk = trace.chunkAt(first);
    return [tailSection(sliceOf(chunk, first - chunk.first, trace.length + 1 - chunk.first))];
  }
}

/** Without a policy that has not picked yet: another one may still replace it. */
function settled(changes: readonly NotedChange[], steps: number): readonly NotedChange[] {
  const last = changes.at(-1);
  return last?.change.kind === "policy" && last.after >= steps ? changes.slice(0, -1) : changes;
}
