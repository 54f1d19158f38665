/**
 * Run-length encoding of incoming picks: a task that runs several times in a row is stored once, with a count.
 */
import type { TaskId } from "../task";

/** A task that runs `count` times in a row. */
export interface TaskRun {
  readonly task: TaskId;
  readonly count: number;
}

/** Runs in columns. Runs can be appended at the end and dropped from the beginning. */
export class TaskRuns {
  #tasks = new Uint16Array(1024);
  #counts = new Float64Array(1024);
  #length = 0;

  get length(): number {
    return this.#length;
  }

  at(place: number): TaskRun {
    return { task: this.#tasks[place] as number, count: this.#counts[place] as number };
  }

  isSame(one: number, other: number): boolean {
    return this.#tasks[one] === this.#tasks[other] && this.#counts[one] === this.#counts[other];
  }

  /** A number that is equal for equal runs, and different for different ones. */
  keyOf(place: number): number {
    return (this.#counts[place] as number) * 65_536 + (this.#tasks[place] as number);
  }

  /** Adds picks. Extends the last run if it has the same task. */
  push(task: TaskId, count: number): void {
    const last = this.#length - 1;
    if (last >= 0 && this.#tasks[last] === task) {
      this.#counts[last] = (this.#counts[last] as number) + count;
      return;
    }
    if (this.#length === this.#tasks.length) this.#grow();
    this.#tasks[this.#length] = task;
    this.#counts[this.#length] = count;
    this.#length += 1;
  }

  /** Drops the first runs. */
  drop(count: number): void {
    this.#tasks.copyWithin(0, count, this.#length);
    this.#counts.copyWithin(0, count, this.#length);
    this.#length -= count;
  }

  #grow(): void {
    const [tasks, counts] = [new Uint16Array(2 * this.#length), new Float64Array(2 * this.#length)];
    tasks.set(this.#tasks);
    counts.set(this.#counts);
    this.#tasks = tasks;
    this.#counts = counts;
  }
}
