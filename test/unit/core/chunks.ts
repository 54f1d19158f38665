/**
 * Records and their chunks, for tests of code that transfers and stores steps.
 */
import assert from "node:assert/strict";
import fc from "fast-check";
import { PackedTexts } from "../../../src/core/trace/textList";
import { type StepChunk, type StepEvent, type StepRecord, stepEvents, type YieldPoint } from "../../../src/core/trace/trace";

export const points: readonly YieldPoint[] = [1, 2, 3].map((line) => ({
  file: "/project/tasks.ts",
  line,
  column: 2 * line,
  function: `f${line}`,
}));

/** A step without its number, which follows from its position. */
export interface Content {
  readonly task: number;
  readonly event: StepEvent;
  readonly value: string;
  /** The number of the yield point; 0 if there is none. */
  readonly point: number;
  readonly micros: number;
}

export const content: fc.Arbitrary<Content> = fc.record({
  task: fc.nat(4),
  event: fc.constantFrom(...stepEvents),
  value: fc.oneof(fc.constantFrom("undefined", "1", "[3, 1, 2]"), fc.string({ unit: "binary", maxLength: 8 })),
  point: fc.nat(points.length),
  micros: fc.float({ min: 0, max: 1e6, noNaN: true }),
});

/** The columns of a chunk with steps from number `first` on. */
export function chunkOf(first: number, contents: readonly Content[]): StepChunk {
  const values = [...new Set(contents.map(({ value }) => value))];
  const numbers = new Map(values.map((value, number) => [value, number]));
  return {
    first,
    task: Uint16Array.from(contents, ({ task }) => task),
    event: Uint8Array.from(contents, ({ event }) => stepEvents.indexOf(event)),
    value: Uint16Array.from(contents, ({ value }) => numbers.get(value) ?? 0),
    point: Uint16Array.from(contents, ({ point }) => point),
    micros: Float32Array.from(contents, ({ micros }) => micros),
    values,
  };
}

/** The same chunk with its values as bytes, which is how a long one arrives from the wire. */
export function packed(chunk: StepChunk): StepChunk {
  const texts = Array.from({ length: chunk.values.length }, (_, number) => chunk.values.at(number));
  const values = PackedTexts.read(new TextEncoder().encode(JSON.stringify(texts)));
  assert.ok(values);
  return { ...chunk, values };
}

/** The expected records of a trace with these contents. */
export function recordsOf(contents: readonly Content[]): StepRecord[] {
  return contents.map((each, index) => ({ ...each, step: index + 1, point: points[each.point - 1] }));
}

/** Cuts the contents into pieces of the given sizes, cyclically. */
export function piecesOf<T>(items: readonly T[], sizes: readonly number[]): T[][] {
  const pieces: T[][] = [];
  for (let from = 0; from < items.length; ) {
    const size = sizes[pieces.length % sizes.length] ?? 1;
    pieces.push(items.slice(from, from + size));
    from += size;
  }
  return pieces;
}
