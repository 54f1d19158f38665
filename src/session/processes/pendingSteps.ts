/**
 * The steps of one process that are not part of the trace yet, and what else happened in them. Numbers of steps, tasks and places are those of
 * the process.
 */
import type { StepChunk } from "../../core/trace/trace";

/** What is told before a step, or after it. */
interface Aside {
  /** The step in which it happened. */
  readonly step: number;
  /** Tells it. @param step the number that the step has in the trace */
  tell(step: number): void;
}

/** The first of the pending steps. */
export interface Head {
  readonly chunk: StepChunk;
  readonly index: number;
  /** When the slice began and ended, in microseconds. */
  readonly began: number;
  readonly ended: number;
}

export class PendingSteps {
  readonly #chunks: { readonly chunk: StepChunk; readonly began: Float64Array }[] = [];
  readonly #asides: Aside[] = [];
  #index = 0;
  /** The number of steps that were received. */
  received = 0;
  /** The number of steps that were taken. */
  taken = 0;
  /** When the last step that was received ended. */
  #ended = Number.NEGATIVE_INFINITY;

  /** When the last step that was received ended, in microseconds. */
  get ended(): number {
    return this.#ended;
  }

  /** The number of steps that can be taken. */
  get length(): number {
    return this.received - this.taken;
  }

  /** @param began when the first of the steps began, in microseconds; no step begins before the one before it has ended */
  add(chunk: StepChunk, began: number): void {
    const times = new Float64Array(chunk.micros.length);
    let now = Math.max(began, this.#ended);
    for (const [index, took] of chunk.micros.entries()) {
      times[index] = now;
      now += took > 0 && took < Number.POSITIVE_INFINITY ? took : 0;
    }
    this.#ended = now;
    this.received += chunk.micros.length;
    this.#chunks.push({ chunk, began: times });
  }

  /** Adds what happened in or after a step, in the order in which it happened. */
  addAside(aside: Aside): void {
    this.#asides.push(aside);
  }

  get head(): Head | undefined {
    const { chunk, began } = this.#chunks[0] ?? {};
    if (!chunk || !began) return undefined;
    const index = this.#index;
    const start = began[index] as number;
    const next = began[index + 1];
    return { chunk, index, began: start, ended: next ?? this.#endOf(began, chunk) };
  }

  /**
   * Takes the first of the steps, after what has to be told before it.
   *
   * @param number the number that it gets in the trace
   */
  take(number: number): void {
    this.tellUntil(this.taken, number - 1);
    this.taken += 1;
    this.tellUntil(this.taken, number);
    this.#index += 1;
    if (this.#index < (this.#chunks[0]?.chunk.task.length ?? 0)) return;
    this.#chunks.shift();
    this.#index = 0;
  }

  /** Tells what happened up to a step. @param number the number that this step has in the trace, or the last one that has a number */
  tellUntil(step: number, number: number): void {
    let count = 0;
    while (count < this.#asides.length && (this.#asides[count] as Aside).step <= step) count += 1;
    for (const aside of this.#asides.splice(0, count)) aside.tell(number);
  }

  #endOf(began: Float64Array, { micros }: StepChunk): number {
    const last = began.length - 1;
    const took = micros[last] as number;
    return (began[last] as number) + (took > 0 && took < Number.POSITIVE_INFINITY ? took : 0);
  }
}
