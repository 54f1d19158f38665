/**
 * Records steps in columns and sends them as chunks.
 */
import { maxChunkSteps, type StepEvent, stepEvents } from "../../core/trace";
import { encodeChunk } from "../../protocol/chunk";
import { Dictionary } from "./dictionary";
import type { PointTable } from "./marks";
import type { Output } from "./output";
import type { Wire } from "./wire";

/** The codes of the events in a chunk. */
export const eventCode = Object.fromEntries(stepEvents.map((event, code) => [event, code])) as Record<StepEvent, number>;

export class Recorder {
  readonly #task = new Uint16Array(maxChunkSteps);
  readonly #event = new Uint8Array(maxChunkSteps);
  readonly #value = new Uint16Array(maxChunkSteps);
  readonly #point = new Uint16Array(maxChunkSteps);
  readonly #micros = new Float32Array(maxChunkSteps);
  readonly #dictionary = new Dictionary();
  #length = 0;
  /** Steps that were recorded since the beginning of the session. */
  steps = 0;

  constructor(
    readonly wire: Wire,
    readonly output: Output,
    readonly points: PointTable,
  ) {}

  get isFull(): boolean {
    return this.#length === maxChunkSteps;
  }

  /** @param event a code of `eventCode` */
  record(task: number, event: number, value: unknown, point: number, micros: number): void {
    const at = this.#length;
    this.#task[at] = task;
    this.#event[at] = event;
    this.#value[at] = this.#dictionary.index(value);
    this.#point[at] = point;
    this.#micros[at] = micros;
    this.#length = at + 1;
    this.steps += 1;
  }

  /** Queues what was printed and recorded up to now, after the yield points that it needs. */
  send(): void {
    const points = this.points.takeNew();
    if (points.length > 0) this.wire.say({ event: "points", points });
    this.output.drain();
    const n = this.#length;
    if (n === 0) return;
    const chunk = {
      first: this.steps - n + 1,
      task: this.#task.subarray(0, n),
      event: this.#event.subarray(0, n),
      value: this.#value.subarray(0, n),
      point: this.#point.subarray(0, n),
      micros: this.#micros.subarray(0, n),
      values: this.#dictionary.values,
    };
    this.wire.steps(encodeChunk(chunk));
    this.#length = 0;
    this.#dictionary.clear();
  }

  /** Steps begin at 1 again. */
  rewind(): void {
    this.steps = 0;
  }
}
