/**
 * Extracts part of a chunk as a new chunk.
 */
import type { StepChunk } from "./trace";

/**
 * Extracts some of a chunk's steps, with only the values that they use.
 *
 * @param from the index of the first step in the chunk, counted from 0
 * @param to the index after the last step
 */
export function sliceOf(chunk: StepChunk, from: number, to: number): StepChunk {
  const numbers = new Map<number, number>();
  const values: string[] = [];
  const value = chunk.value.slice(from, to).map((theirs) => {
    const known = numbers.get(theirs);
    if (known !== undefined) return known;
    numbers.set(theirs, values.length);
    return values.push(chunk.values.at(theirs) ?? "") - 1;
  });
  return {
    first: chunk.first + from,
    task: chunk.task.slice(from, to),
    event: chunk.event.slice(from, to),
    value,
    point: chunk.point.slice(from, to),
    micros: chunk.micros.slice(from, to),
    ...(chunk.began ? { began: chunk.began.slice(from, to) } : {}),
    values,
  };
}
