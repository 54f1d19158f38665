/**
 * Invented runs for exports: small ones written by hand, and random ones with hostile content.
 */
import fc from "fast-check";
import type { Exported, Piece, PrintedText } from "../../../../src/core/export/source";
import { TraceStore } from "../../../../src/core/trace/traceStore";
import { WaitRecorder } from "../../../../src/core/waiting/recorder";
import { type ResourceInfo, rowKind, type WaitRows } from "../../../../src/core/waiting/rows";
import { WaitLog } from "../../../../src/session/seen/waitLog";
import { hostile } from "../../../fixtures/hostile";
import { type Content, chunkOf, content, points } from "../chunks";

export const hostileText = fc.oneof(fc.constantFrom(...Object.values(hostile)), fc.string({ unit: "binary", maxLength: 12 }));

export interface Made {
  readonly contents: readonly Content[];
  readonly names: readonly string[];
  readonly printed: readonly PrintedText[];
  readonly segmentSteps: number;
  /** The effects of requests. */
  readonly waited?: { readonly rows: WaitRows; readonly resources: readonly ResourceInfo[] };
}

/** Runs of five tasks whose names, values and output are hostile. */
export const made: fc.Arbitrary<Made> = fc.record({
  contents: fc.array(
    fc.oneof(
      content,
      fc.tuple(content, hostileText).map(([each, value]) => ({ ...each, value })),
    ),
    { maxLength: 40 },
  ),
  names: fc.array(hostileText, { minLength: 5, maxLength: 5 }),
  printed: fc
    .array(fc.record({ step: fc.nat(41), stream: fc.constantFrom("stdout" as const, "stderr" as const), text: hostileText }), {
      maxLength: 6,
    })
    .map((all) => all.sort((one, other) => one.step - other.step)),
  segmentSteps: fc.integer({ min: 1, max: 9 }),
});

/** A run with these steps. */
export function exported({ contents, names, printed, segmentSteps, waited }: Made): Exported {
  const trace = new TraceStore(undefined, segmentSteps);
  trace.addPoints(points);
  if (contents.length > 0) trace.append(chunkOf(1, contents));
  const waits = new WaitLog();
  if (waited) {
    waits.resources.push(...waited.resources);
    waits.append(waited.rows);
  }
  return {
    trace,
    output: { entries: printed },
    throws: { of: () => undefined },
    waits,
    tasks: names.map((name) => ({ name })),
    file: "/project/tasks.ts",
  };
}

/** A run with each hostile text as a name, a value, an error and output. */
export const everythingHostile: Made = {
  contents: Object.values(hostile).flatMap((value, task) => [
    { task, event: "yielded", value, point: 1, micros: 1 },
    { task, event: "threw", value, point: 0, micros: 1 },
  ]),
  names: Object.values(hostile),
  printed: Object.values(hostile).map((text, index) => ({ step: index + 1, stream: "stderr", text })),
  segmentSteps: 9,
};

/** Two tasks in turn: the first returns in its second step; the second prints, and then throws in its second step. */
export const small: Made = {
  contents: [
    { task: 0, event: "yielded", value: "1", point: 1, micros: 1.5 },
    { task: 1, event: "yielded", value: "[3, 1, 2]", point: 2, micros: 20 },
    { task: 0, event: "returned", value: "done", point: 0, micros: 0.25 },
    { task: 1, event: "threw", value: "Error: no", point: 0, micros: 4 },
  ],
  names: ["counter", "bogosort"],
  printed: [
    { step: 0, stream: "stdout", text: "loading\n" },
    { step: 2, stream: "stderr", text: "a\nb\n" },
  ],
  segmentSteps: 3,
};

/** `ann` acquires the lock, `bob` waits for it, and gets it when `ann` ends; then `bob` sleeps, and is woken after its step. */
export const waiting: Made = {
  contents: [
    { task: 0, event: "yielded", value: "acquire(lock)", point: 0, micros: 1 },
    { task: 1, event: "yielded", value: "acquire(lock)", point: 0, micros: 2 },
    { task: 0, event: "returned", value: "done", point: 0, micros: 3 },
    { task: 1, event: "yielded", value: "sleep(5)", point: 0, micros: 4 },
    { task: 1, event: "yielded", value: "acquire(lock)", point: 0, micros: 5 },
  ],
  names: ["ann", "bob"],
  printed: [],
  segmentSteps: 9,
  waited: { rows: rowsOfWaiting(), resources: [{ kind: "mutex", name: "lock" }] },
};

function rowsOfWaiting(): WaitRows {
  const recorder = new WaitRecorder();
  const at = (step: number): WaitRecorder => {
    recorder.step = step;
    return recorder;
  };
  at(1).add(rowKind.grant, 0, 1);
  at(2).add(rowKind.blockAcquire, 1, 1);
  at(3).add(rowKind.free, 0, 1);
  recorder.add(rowKind.grant, 1, 1);
  at(4).addNumber(rowKind.blockSleep, 1, 12.5);
  recorder.endSlice();
  recorder.noteWhen();
  recorder.add(rowKind.wake, 1, 0);
  at(5).add(rowKind.blockAcquire, 1, 1);
  return recorder.takeRows();
}

/** The complete text of an export. */
export function textOf(pieces: Iterable<Piece>): string {
  return Array.from(pieces, ({ text }) => (typeof text === "string" ? text : Buffer.from(text).toString())).join("");
}
