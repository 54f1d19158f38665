/**
 * Finds repetitions in a stream of picks in linear time: it looks ahead a bounded distance, and tries a bounded number of
 * periods at each position.
 */

import type { TaskId } from "../task";
import { type TaskRun, TaskRuns } from "./runs";

/** Runs that repeat `times` times. */
export interface Repeat {
  readonly runs: readonly TaskRun[];
  readonly times: number;
}

/** How many runs of look-ahead are needed to decide a position. A period is at most half as long. */
const lookAhead = 32_768;
/** How many periods are tried at each position. They are the distances to the next occurrences of the same run. */
const mostTried = 8;
/** A repetition that covers at most this many runs is not shorter than the runs themselves. */
const leastCovered = 4;
const base = 0x01000193;

/** Compresses a stream of picks. */
export class Repeats {
  readonly #runs = new TaskRuns();
  /** The last repetition found, which may continue. */
  #open: { readonly runs: readonly TaskRun[]; times: number } | undefined;
  #plain: TaskRun[] = [];

  /** @param found called with each piece, in order */
  constructor(readonly found: (piece: Repeat) => void) {}

  /** @param count how many times in a row */
  push(task: TaskId, count: number): void {
    this.#runs.push(task, count);
    if (this.#runs.length > 4 * lookAhead) this.#digest(lookAhead);
  }

  /** Emits what is left. */
  end(): void {
    this.#digest(0);
    this.#close();
  }

  /** Decides every position that has at least `ahead` runs after it, plus one, because the last run may still grow. */
  #digest(ahead: number): void {
    const end = this.#runs.length;
    let index: PeriodIndex | undefined;
    let place = 0;
    while (end - place > ahead) {
      place = this.#goOn(place);
      if (end - place <= ahead) break;
      index ??= new PeriodIndex(this.#runs);
      const { period, times } = index.bestAt(place);
      if (times > 1) this.#begin(place, period, times);
      else this.#plainRun(place);
      place += period * times;
    }
    this.#runs.drop(place);
  }

  /** Follows the open repetition as far as it continues. @returns the position after it */
  #goOn(from: number): number {
    const open = this.#open;
    let place = from;
    while (open && place + open.runs.length <= this.#runs.length && this.#isAt(place, open.runs)) {
      open.times += 1;
      place += open.runs.length;
    }
    return place;
  }

  #isAt(place: number, runs: readonly TaskRun[]): boolean {
    return runs.every(({ task, count }, offset) => {
      const run = this.#runs.at(place + offset);
      return run.task === task && run.count === count;
    });
  }

  #begin(place: number, period: number, times: number): void {
    this.#close();
    this.#open = { runs: Array.from({ length: period }, (_, offset) => this.#runs.at(place + offset)), times };
  }

  #plainRun(place: number): void {
    if (this.#open) this.#close();
    this.#plain.push(this.#runs.at(place));
  }

  #close(): void {
    if (this.#plain.length > 0) this.found({ runs: this.#plain, times: 1 });
    if (this.#open) this.found(this.#open);
    this.#plain = [];
    this.#open = undefined;
  }
}

/** Compares two ranges in constant time by a hash. Hashes can collide, so a match is verified. */
class PeriodIndex {
  readonly #next: Int32Array;
  readonly #hashes: Int32Array;
  readonly #powers: Int32Array;

  constructor(readonly runs: TaskRuns) {
    const { length } = runs;
    this.#next = new Int32Array(length);
    this.#hashes = new Int32Array(length + 1);
    this.#powers = new Int32Array(length + 1).fill(1);
    const latest = new Map<number, number>();
    for (let place = length - 1; place >= 0; place -= 1) {
      const key = runs.keyOf(place);
      this.#next[place] = latest.get(key) ?? length;
      latest.set(key, place);
    }
    for (let place = 0; place < length; place += 1) {
      this.#hashes[place + 1] = Math.imul(this.#hashes[place] as number, base) + scrambled(runs.keyOf(place));
      this.#powers[place + 1] = Math.imul(this.#powers[place] as number, base);
    }
  }

  /** The repetition at a position that covers the most and is shorter than what it replaces; otherwise the single run there. */
  bestAt(place: number): { period: number; times: number } {
    let best = { period: 1, times: 1 };
    let again = this.#next[place] as number;
    for (let tried = 0; tried < mostTried && again < this.runs.length; tried += 1) {
      const period = again - place;
      if (again + period > this.runs.length || period > lookAhead / 2) break;
      if (this.#hash(place, period) === this.#hash(again, period)) {
        const times = this.#timesAt(place, period);
        if (period * times > Math.max(leastCovered, best.period * best.times)) best = { period, times };
      }
      again = this.#next[again] as number;
    }
    return best;
  }

  #timesAt(place: number, period: number): number {
    let end = place + period;
    while (end < this.runs.length && this.runs.isSame(end, end - period)) end += 1;
    return Math.floor((end - place) / period);
  }

  #hash(place: number, length: number): number {
    const before = Math.imul(this.#hashes[place] as number, this.#powers[length] as number);
    return ((this.#hashes[place + length] as number) - before) | 0;
  }
}

function scrambled(key: number): number {
  const mixed = Math.imul((key % 4_294_967_291) ^ 0x9e3779b9, 0x85ebca6b);
  return mixed ^ (mixed >>> 15);
}
