/**
 * Aggregates steps, or blocks of steps, into the blocks of a grid. The grid is aligned to the axis rather than to the window, so that
 * the picture does not flicker while the window moves.
 */
import type { StepChunk } from "../trace/trace";
import { type Axis, type Blocks, eventFlags, flag, lengthOf } from "./blocks";

/** A block covers `unit` steps, or all pieces that begin within the same `unit` microseconds. */
export interface Grid {
  readonly axis: Axis;
  readonly unit: number;
}

/** When something began and ended, in microseconds. */
export interface Span {
  readonly from: number;
  readonly to: number;
}

/** Takes pieces in the order of the trace: call `begin` for each, then `add` for every task in it. `end` returns the blocks. */
export class Gatherer {
  readonly #first: number[] = [];
  readonly #time: number[] = [];
  readonly #entry: number[] = [];
  readonly #key: number[] = [];
  readonly #steps: number[] = [];
  readonly #micros: number[] = [];
  readonly #longest: number[] = [];
  readonly #longestStep: number[] = [];
  readonly #flags: number[] = [];
  readonly #began: number[] = [];
  readonly #ended: number[] = [];
  /** The position of each key's entry in the current block, counted from 1; 0 if the key has no entry yet. */
  #at = new Uint32Array(64);
  /** The end of the current block on the axis. */
  #edge = Number.NEGATIVE_INFINITY;

  /**
   * @param keyOf the key of each task. A task that has no key, or the key -1, is ignored. If left out, the key is the task number
   */
  constructor(
    readonly grid: Grid,
    readonly keyOf?: Int32Array,
  ) {}

  /** Begins the next piece, with its first step and the run time before it. */
  begin(first: number, time: number): void {
    const position = this.grid.axis === "step" ? first - 1 : time;
    if (position < this.#edge) return;
    const { unit } = this.grid;
    this.#edge = (Math.floor(position / unit) + 1) * unit;
    this.#close();
    this.#first.push(first);
    this.#time.push(time);
    this.#entry.push(this.#key.length);
  }

  /** Adds one task's part of the current piece. @param span where tasks ran at the same time: when the part began and ended */
  add(task: number, steps: number, micros: number, longest: number, longestStep: number, flags: number, span?: Span): void {
    const key = this.keyOf ? (this.keyOf[task] ?? -1) : task;
    if (key < 0) return;
    if (key >= this.#at.length) this.#widen(key);
    const at = (this.#at[key] as number) - 1;
    if (at < 0) {
      this.#at[key] = this.#key.push(key);
      this.#steps.push(steps);
      this.#micros.push(micros);
      this.#longest.push(longest);
      this.#longestStep.push(longestStep);
      this.#flags.push(flags);
      if (span) this.#began.push(span.from);
      if (span) this.#ended.push(span.to);
      return;
    }
    if (span) this.#began[at] = Math.min(this.#began[at] as number, span.from);
    if (span) this.#ended[at] = Math.max(this.#ended[at] as number, span.to);
    (this.#steps[at] as number) += steps;
    (this.#micros[at] as number) += micros;
    (this.#flags[at] as number) |= flags;
    const most = this.#longest[at] as number;
    // Tasks are added in the order of their numbers, so a later one may have an earlier step.
    if (longest < most || (longest === most && longestStep > (this.#longestStep[at] as number))) return;
    this.#longest[at] = longest;
    this.#longestStep[at] = longestStep;
  }

  /** All blocks. `first` and `time` are the end of the last one. Nothing can be added afterwards. */
  end(first: number, time: number): Blocks {
    return {
      first: Float64Array.from([...this.#first, first]),
      time: Float64Array.from([...this.#time, time]),
      entry: Uint32Array.from([...this.#entry, this.#key.length]),
      key: Uint16Array.from(this.#key),
      steps: Uint32Array.from(this.#steps),
      micros: Float64Array.from(this.#micros),
      longest: Float32Array.from(this.#longest),
      longestStep: Float64Array.from(this.#longestStep),
      flags: Uint8Array.from(this.#flags),
      ...(this.#began.length > 0 ? { began: Float64Array.from(this.#began), ended: Float64Array.from(this.#ended) } : {}),
    };
  }

  #close(): void {
    for (let at = this.#entry.at(-1) ?? 0; at < this.#key.length; at += 1) this.#at[this.#key[at] as number] = 0;
  }

  #widen(key: number): void {
    const wider = new Uint32Array(Math.max(key + 1, 2 * this.#at.length));
    wider.set(this.#at);
    this.#at = wider;
  }
}

/** A slice's duration, or 0 if it is invalid: a runner shares its process with the user's code, so its data cannot be trusted. */
export function sound(micros: number): number {
  return micros >= 0 && micros < Number.POSITIVE_INFINITY ? micros : 0;
}

/**
 * Feeds single steps of a chunk to a gatherer.
 *
 * @param from the index of the first step in the chunk
 * @param to the index after the last step
 * @param time the run time before the first step
 * @param printed the steps that printed something, ascending; steps outside of the range are ignored
 * @returns the run time after the last step
 */
export function feedSteps(
  into: Gatherer,
  chunk: StepChunk,
  from: number,
  to: number,
  time: number,
  printed: readonly number[],
): number {
  const { first, task, event, micros, began } = chunk;
  let now = time;
  let next = printed.findIndex((step) => step >= first + from);
  for (let index = from; index < to; index += 1) {
    const step = first + index;
    const took = sound(micros[index] as number);
    let flags = eventFlags[event[index] as number] ?? 0;
    if (next >= 0 && printed[next] === step) {
      flags |= flag.printed;
      next += 1;
    }
    into.begin(step, now);
    const from = began?.[index];
    const span = from === undefined ? undefined : { from, to: from + took };
    into.add(task[index] as number, 1, took, took, step, flags, span);
    now = span ? Math.max(now, span.to) : now + took;
  }
  return now;
}

/** Feeds a block to a gatherer as one piece. */
export function feedBlock(into: Gatherer, blocks: Blocks, index: number): void {
  const { entry, key, steps, micros, longest, longestStep, flags, began, ended } = blocks;
  into.begin(blocks.first[index] as number, blocks.time[index] as number);
  const end = entry[index + 1] as number;
  for (let at = entry[index] as number; at < end; at += 1) {
    into.add(
      key[at] as number,
      steps[at] as number,
      micros[at] as number,
      longest[at] as number,
      longestStep[at] as number,
      flags[at] as number,
      began && ended && { from: began[at] as number, to: ended[at] as number },
    );
  }
}

/** Feeds every block to a gatherer. */
export function feedBlocks(into: Gatherer, blocks: Blocks): void {
  for (let index = 0; index < lengthOf(blocks); index += 1) feedBlock(into, blocks, index);
}
