/**
 * A segment: a fixed number of consecutive steps of the trace. It is filled from the chunks that a runner sends, which may be of
 * any size. Once full, it is used as a chunk itself.
 */
import { GrowingTexts, PackedTexts, type Texts, textBytes } from "./textList";
import type { Totals } from "./totals";
import { maxChunkSteps, type StepChunk, type StepRecord, stepEvents, type YieldPoint } from "./trace";

/** The size of one step in all columns, in bytes: 2 + 1 + 2 + 2 + 4. */
const bytesPerStep = 11;

export class Segment implements StepChunk {
  task = new Uint16Array(0);
  event = new Uint8Array(0);
  value = new Uint16Array(0);
  point = new Uint16Array(0);
  micros = new Float32Array(0);
  began: Float64Array | undefined;
  readonly values = new GrowingTexts();
  readonly #valueIndex = new Map<string, number>();
  #length = 0;

  /** @param first the number of its first step */
  constructor(
    readonly first: number,
    readonly capacity = maxChunkSteps,
  ) {}

  get length(): number {
    return this.#length;
  }

  get isFull(): boolean {
    return this.#length === this.capacity;
  }

  /**
   * Copies as many steps of a chunk as fit.
   *
   * @param from the index in the chunk at which to begin
   * @returns how many steps were copied
   */
  take(chunk: StepChunk, from: number): number {
    const count = Math.min(chunk.task.length - from, this.capacity - this.#length);
    const at = this.#length;
    if (at === 0) this.#makeColumns();
    this.task.set(chunk.task.subarray(from, from + count), at);
    this.event.set(chunk.event.subarray(from, from + count), at);
    this.point.set(chunk.point.subarray(from, from + count), at);
    this.micros.set(chunk.micros.subarray(from, from + count), at);
    if (chunk.began) {
      this.began ??= new Float64Array(this.capacity);
      this.began.set(chunk.began.subarray(from, from + count), at);
    }
    if (!this.#takePacked(chunk, from, count)) this.#takeValues(chunk, from, count);
    this.#length += count;
    return count;
  }

  /** Columns are created on first use. In a run at full speed most segments arrive as whole chunks and need none. */
  #makeColumns(): void {
    this.task = new Uint16Array(this.capacity);
    this.event = new Uint8Array(this.capacity);
    this.value = new Uint16Array(this.capacity);
    this.point = new Uint16Array(this.capacity);
    this.micros = new Float32Array(this.capacity);
  }

  /** Copies the values. A chunk has its own numbering of values, which is translated to that of the segment. */
  #takeValues({ value, values }: StepChunk, from: number, count: number): void {
    const theirs = value.subarray(from, from + count);
    const numbers = this.#numbersOf(values, theirs);
    const ours = this.value;
    for (let index = 0, at = this.#length; index < count; index += 1, at += 1) {
      ours[at] = numbers[theirs[index] as number] as number;
    }
  }

  /** Maps the used values of a chunk to their numbers in this segment. */
  #numbersOf(values: Texts, used: Uint16Array): Int32Array {
    const numbers = new Int32Array(Math.max(1, values.length)).fill(-1);
    let left = numbers.length;
    for (let index = 0; index < used.length && left > 0; index += 1) {
      const number = used[index] as number;
      if ((numbers[number] as number) >= 0) continue;
      numbers[number] = this.#intern(values.at(number) ?? "");
      left -= 1;
    }
    return numbers;
  }

  #intern(value: string): number {
    const known = this.#valueIndex.get(value);
    if (known !== undefined) return known;
    this.#valueIndex.set(value, this.values.length);
    return this.values.push(value);
  }

  /**
   * Appends the values without looking for duplicates, if there are hardly any: the lookup would take longer than everything else.
   *
   * @returns whether it did so. It does not if there would be more values than steps, since values are numbered with 16 bits
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

/** The approximate memory size of a chunk, in bytes. */
export function chunkBytes({ task, began, values }: StepChunk): number {
  return task.length * bytesPerStep + (began?.byteLength ?? 0) + textBytes(values);
}

/** The largest numbers in the columns of a chunk. Computed in one pass, because every step of a run is checked. */
export function largestIn(chunk: StepChunk): { task: number; value: number; point: number } {
  const { task: tasks, value: values, point: points } = chunk;
  let [task, value, point] = [0, 0, 0];
  for (let index = 0; index < tasks.length; index += 1) {
    if ((tasks[index] as number) > task) task = tasks[index] as number;
    if ((values[index] as number) > value) value = values[index] as number;
    if ((points[index] as number) > point) point = points[index] as number;
  }
  return { task, value, point };
}

/**
 * One step of a chunk.
 *
 * @param index its index in the chunk, counted from 0
 * @param points the yield points that the runner announced
 */
export function recordOf(chunk: StepChunk, index: number, points: readonly YieldPoint[]): StepRecord {
  const began = chunk.began?.[index];
  return {
    step: chunk.first + index,
    task: chunk.task[index] ?? 0,
    event: stepEvents[chunk.event[index] ?? 0] ?? "yielded",
    value: chunk.values.at(chunk.value[index] ?? 0) ?? "",
    point: points[(chunk.point[index] ?? 0) - 1],
    micros: chunk.micros[index] ?? 0,
    ...(began === undefined ? {} : { began }),
  };
}

/**
 * What each task had done after the first `count` steps of a chunk.
 *
 * @param before what each task had done before the chunk
 * @param tasks the number of tasks
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
