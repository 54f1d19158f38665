/**
 * A segment: a fixed number of consecutive steps of the trace. It is filled from the chunks that a runner sends, however
 * small, and is a chunk itself once it is full.
 */
import { maxChunkSteps, type StepChunk, type StepRecord, stepEvents, type TaskTotals, type YieldPoint } from "./trace";

/** What the columns of one step take, in bytes: 2 + 1 + 2 + 2 + 4. */
const bytesPerStep = 11;

/**
 * Where most values of a chunk are told once, and there are more of them than this, they are not looked for among those that
 * the segment has: to hash each takes longer than all the rest, for the sake of the few that came in an earlier chunk.
 */
const mostInterned = 4_096;

export class Segment implements StepChunk {
  readonly task: Uint16Array;
  readonly event: Uint8Array;
  readonly value: Uint16Array;
  readonly point: Uint16Array;
  readonly micros: Float32Array;
  readonly values: string[] = [];
  readonly #valueIndex = new Map<string, number>();
  #length = 0;
  #valueBytes = 0;

  /** @param first the number of its first step */
  constructor(
    readonly first: number,
    readonly capacity = maxChunkSteps,
  ) {
    this.task = new Uint16Array(capacity);
    this.event = new Uint8Array(capacity);
    this.value = new Uint16Array(capacity);
    this.point = new Uint16Array(capacity);
    this.micros = new Float32Array(capacity);
  }

  get length(): number {
    return this.#length;
  }

  get isFull(): boolean {
    return this.#length === this.capacity;
  }

  /** About what it holds in memory. JavaScript strings take up to two bytes a character. */
  get bytes(): number {
    return this.capacity * bytesPerStep + this.#valueBytes;
  }

  /**
   * Copies steps of a chunk, as many as there is room for.
   *
   * @param from where in the chunk to begin
   * @returns how many were taken
   */
  take(chunk: StepChunk, from: number): number {
    const count = Math.min(chunk.task.length - from, this.capacity - this.#length);
    const at = this.#length;
    this.task.set(chunk.task.subarray(from, from + count), at);
    this.event.set(chunk.event.subarray(from, from + count), at);
    this.point.set(chunk.point.subarray(from, from + count), at);
    this.micros.set(chunk.micros.subarray(from, from + count), at);
    this.#takeValues(chunk, from, count);
    this.#length += count;
    return count;
  }

  /** Every chunk numbers its values anew; here they get the numbers of the segment. */
  #takeValues(chunk: StepChunk, from: number, count: number): void {
    const theirs = chunk.value;
    const ours = this.value.subarray(this.#length, this.#length + count);
    const numbers = new Int32Array(Math.max(1, chunk.values.length)).fill(-1);
    const areNew = chunk.values.length > mostInterned && 2 * chunk.values.length > theirs.length;
    for (let index = 0; index < count; index += 1) {
      const number = theirs[from + index] as number;
      if ((numbers[number] as number) < 0) {
        const value = chunk.values[number] ?? "";
        numbers[number] = areNew ? this.#add(value) : this.#intern(value);
      }
      ours[index] = numbers[number] as number;
    }
  }

  #intern(value: string): number {
    const known = this.#valueIndex.get(value);
    if (known !== undefined) return known;
    this.#valueIndex.set(value, this.values.length);
    return this.#add(value);
  }

  #add(value: string): number {
    this.#valueBytes += 2 * value.length + 64;
    return this.values.push(value) - 1;
  }
}

/**
 * One step of a chunk.
 *
 * @param index its place in the chunk, counted from 0
 * @param points the yield points that the runner announced
 */
export function recordOf(chunk: StepChunk, index: number, points: readonly YieldPoint[]): StepRecord {
  return {
    step: chunk.first + index,
    task: chunk.task[index] ?? 0,
    event: stepEvents[chunk.event[index] ?? 0] ?? "yielded",
    value: chunk.values[chunk.value[index] ?? 0] ?? "",
    point: points[(chunk.point[index] ?? 0) - 1],
    micros: chunk.micros[index] ?? 0,
  };
}

/**
 * What each task had done after the first `count` steps of a chunk.
 *
 * @param before what each had done before the chunk
 * @param tasks how many tasks there are
 */
export function totalsAfter(chunk: StepChunk, count: number, before: readonly TaskTotals[], tasks: number): TaskTotals[] {
  const ids = chunk.task;
  const times = chunk.micros;
  const steps = Float64Array.from({ length: tasks }, (_, id) => before[id]?.steps ?? 0);
  const micros = Float64Array.from({ length: tasks }, (_, id) => before[id]?.micros ?? 0);
  const lastIndex = new Int32Array(tasks).fill(-1);
  for (let index = 0; index < count; index += 1) {
    const id = ids[index] as number;
    (steps[id] as number) += 1;
    (micros[id] as number) += times[index] as number;
    lastIndex[id] = index;
  }
  return Array.from(lastIndex, (index, id) => ({
    steps: steps[id] ?? 0,
    micros: micros[id] ?? 0,
    lastStep: index >= 0 ? chunk.first + index : (before[id]?.lastStep ?? 0),
  }));
}
