/**
 * From when to when each task was there: between its slices it was ready and waited for its turn.
 */
import { type StepChunk, stepEvents } from "../trace";
import { sound } from "./gather";

/** A moment of the run on both axes. */
export interface Moment {
  readonly step: number;
  readonly micros: number;
}

/** The first slice's beginning, and the end of the last one of a task that is over. */
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
   * Takes in steps of a chunk, from its first on; the same again changes nothing.
   *
   * @param time the run time before it
   */
  take(chunk: StepChunk, count: number, time: number): void {
    let now = time;
    for (let index = 0; index < count; index += 1) {
      const task = chunk.task[index] as number;
      const step = chunk.first + index;
      this.#lives[task] ??= { from: { step: step - 1, micros: now } };
      now += sound(chunk.micros[index] as number);
      if (chunk.event[index] !== yielded) this.#end(task, { step, micros: now });
    }
  }

  #end(task: number, to: Moment): void {
    const life = this.#lives[task];
    if (life && !life.to) this.#lives[task] = { from: life.from, to };
  }
}
