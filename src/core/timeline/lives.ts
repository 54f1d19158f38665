/**
 * The time span in which each task existed. A task that exists but does not run is waiting.
 */
import { type StepChunk, stepEvents } from "../trace/trace";
import { sound } from "./gather";

/** A moment of the run on both axes. */
export interface Moment {
  readonly step: number;
  readonly micros: number;
}

/** The beginning of a task's first slice and, if the task has ended, the end of its last one. */
export interface Life {
  readonly from: Moment;
  readonly to?: Moment;
}

const yielded = stepEvents.indexOf("yielded");

export class Lives {
  readonly #lives: (Life | undefined)[] = [];

  /** The life of a task, undefined before its first slice. */
  of(task: number): Life | undefined {
    return this.#lives[task];
  }

  /**
   * Reads steps of a chunk. Reading the same steps twice changes nothing.
   *
   * @param from the index of the first step in the chunk
   * @param to the index after the last step
   * @param time the run time before the first step
   */
  take(chunk: StepChunk, from: number, to: number, time: number): void {
    const { first, task: tasks, event, micros, began } = chunk;
    let now = time;
    for (let index = from; index < to; index += 1) {
      const task = tasks[index] as number;
      const step = first + index;
      const from = began?.[index] ?? now;
      const to = from + sound(micros[index] as number);
      this.#lives[task] ??= { from: { step: step - 1, micros: from } };
      now = Math.max(now, to);
      if (event[index] !== yielded) this.#end(task, { step, micros: to });
    }
  }

  #end(task: number, to: Moment): void {
    const life = this.#lives[task];
    if (life && !life.to) this.#lives[task] = { from: life.from, to };
  }
}
