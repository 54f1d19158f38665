/**
 * A segment: a fixed number of consecutive steps of the trace. It is filled from the chunks that a runner sends, however
 * small, and is a chunk itself once it is full.
 */
import { GrowingTexts, PackedTexts } from "./texts";
import type { Totals } from "./totals";
import { maxChunkSteps, type StepChunk, type StepRecord, stepEvents, type YieldPoint } from "./trace";

/** What the columns of one step take, in bytes: 2 + 1 + 2 + 2 + 4. */
const bytesPerStep = 11;

export class Segment implements StepChunk {
  readonly task: Uint16Array;
  readonly event: Uint8Array;
  readonly value: Uint16Array;
  readonly point: Uint16Array;
  readonly micros: Float32Array;
  readonly values = new GrowingTexts();
  readonly #valueIndex = new Map<string, number>();
  #length = 0;

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

  /** About what it holds in memory. */
  get bytes(): number {
    return this.capacity * bytesPerStep + this.values.bytes;
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
    if (!this.#takePacked(chunk, from, count)) this.#takeValues(chunk, from, count);
    this.#length += count;
    return count;
  }

  /** Every chunk numbers its values anew; here they get the numbers of the segment. */
  #takeValues(chunk: StepChunk, from: number, count: number): void {
    const theirs = chunk.value;
    const ours = this.value.subarray(this.#length, this.#length + count);
    const numbers = new Int32Array(Math.max(1, chunk.values.length)).fill(-1);
    for (let index = 0; index < count; index += 1) {
      const number = theirs[from + index] as number;
      if ((numbers[number] as number) < 0) numbers[number] = this.#intern(chunk.values.at(number) ?? "");
      ours[index] = numbers[number] as number;
    }
  }

  #intern(value: string): number {
    const known = this.#valueIndex.get(value);
    if (known !== undefined) return known;
    this.#valueIndex.set(value, this.values.length);
    return this.values.push(value);
  }

  /**
   * Takes the values as they lie where hardly any comes twice: to look each up takes longer than all the rest.
   *
   * @returns whether it did; it does not where there would be more values than steps, since 16 bits number them
   */
  #takePacked({ value, values }: StepChunk, from: number, count: number): boolean {
    if (!(values instanceof PackedTexts)) return false;
    const theirs = value.subarray(from, from + count);
    let lowest = values.length;
    let highest = -1;
    for (let index = 0; index < count; index += 1) {
      const number = theirs[index] as number;
      if (number < lowest) lowest = number;
      if (number > highest) highest = number;
    }
    const many = highest + 1 - lowest;
    if (many > count || 2 * many < count) return false;
    const first = this.values.append(values.slice(lowest, highest + 1)) - lowest;
    for (let index = 0; index < count; index += 1) this.value[this.#length + index] = first + (theirs[index] as number);
    return true;
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
    value: chunk.values.at(chunk.value[index] ?? 0) ?? "",
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
export function totalsAfter(chunk: StepChunk, count: number, before: Totals, tasks: number): Totals {
  const totals = before.resized(tasks);
  const { steps, micros, lastSteps } = totals;
  const { first, task: ids, micros: times } = chunk;
  for (let index = 0; index < count; index += 1) {
    const id = ids[index] as number;
    (steps[id] as number) += 1;
    (micros[id] as number) += times[index] as number;
    lastSteps[id] = first + index;
  }
  return totals;
}
