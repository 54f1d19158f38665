/**
 * Saves a trace to a file of the user's choice: compressed, with an index, and either completely or not at all.
 */

import { closeSync, fsyncSync, openSync } from "node:fs";
import { rename, rm } from "node:fs/promises";
import { setImmediate } from "node:timers/promises";
import { promisify } from "node:util";
import { deflate } from "node:zlib";
import { sliceOf } from "../../core/trace/slice";
import { encodeChunk } from "../../protocol/chunk";
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
import { compressedSection, type EncodedSection, encodeCompressed } from "./format";
import type { Recordable } from "./recordable";
import { seenKind, storedSections, thrownKind, waitsKind, watchedKind } from "./sectionStore";
import { SectionWriter } from "./sectionWriter";
import { encodeTotals } from "./totals";

const deflated = promisify(deflate);

/** Progress reports and cancellation of a long save. */
export interface Saving {
  /** Cancels the save. The incomplete file is removed. */
  readonly signal?: AbortSignal;
  /** @param share the share of the steps that have been written, from 0 to 1 */
  readonly progress?: (share: number) => void;
}

/**
 * Writes everything that is known about a run to a file. An existing file is replaced only when the new one is complete.
 *
 * @throws Error of the file system, or the signal's reason
 */
export async function saveTrace(subject: Recordable, path: string, { signal, progress }: Saving = {}): Promise<void> {
  const temporary = `${path}.${process.pid}.tmp`;
  const descriptor = openSync(temporary, "wx", 0o644);
  try {
    try {
      const writer = new SectionWriter(descriptor);
      for await (const { sections, share } of sectionsOf(subject)) {
        signal?.throwIfAborted();
        writer.append(sections);
        progress?.(share);
      }
      writer.finish();
      fsyncSync(descriptor);
    } finally {
      closeSync(descriptor);
    }
    await rename(temporary, path);
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  }
}

/** The small sections come first, because they are needed to make sense of a truncated file. */
async function* sectionsOf(subject: Recordable): AsyncIterable<{ sections: EncodedSection[]; share: number }> {
  const { run } = subject;
  const { trace, scheduler, output, inspections, watched, throws, sources, waits, drivers } = run;
  const { length, fullSegments } = trace;
  const tail = tailOf(subject);
  const order = changeSections(scheduler.changes, 0, decidedSteps(subject), scheduler.followed);
  const resources = resourceSections(waits.resources, 0);
  yield { sections: [metaSection(metaOf(subject)), ...pointSections(trace.points, 0), ...resources, ...order], share: 0 };
  yield { sections: driverSections(drivers, 0, 0), share: 0 };
  const explored = exploredSections(subject.exploration?.saved ?? []);
  yield { sections: [...sourceSections(sources.all), ...outputSections(output.entries), ...explored], share: 0 };
  for (const entries of watched.all()) {
    yield { sections: storedSections(watchedKind, entries), share: 0 };
    await setImmediate();
  }
  for (const record of inspections.all()) {
    yield { sections: storedSections(seenKind, [record]), share: 0 };
    await setImmediate();
  }
  for (const records of throws.all()) {
    yield { sections: storedSections(thrownKind, records), share: 0 };
    await setImmediate();
  }
  for (const records of waits.all()) {
    yield { sections: storedSections(waitsKind, records), share: 0 };
    await setImmediate();
  }
  for (let number = 0; number < fullSegments; number += 1) {
    yield { sections: await segmentOf(subject, number), share: ((number + 1) * trace.segmentSteps) / length };
  }
  yield { sections: tail, share: 1 };
}

async function segmentOf({ run: { trace } }: Recordable, number: number): Promise<EncodedSection[]> {
  const raw = encodeChunk(trace.chunkAt(number * trace.segmentSteps + 1));
  const steps = compressedSection("steps", number, raw.length, await deflated(raw, { level: 1 }));
  return [steps, encodeCompressed("totals", encodeTotals(trace.totalsAfterSegments(number + 1)), number)];
}

/** The steps after the last full segment. They are copied, because the run may continue during the save. */
function tailOf({ run: { trace } }: Recordable): EncodedSection[] {
  const full = trace.fullSegments * trace.segmentSteps;
  if (trace.length === full) return [];
  return [tailSection(sliceOf(trace.chunkAt(full + 1), 0, trace.length - full))];
}
