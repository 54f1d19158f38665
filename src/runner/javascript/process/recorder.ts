/**
 * Records steps in columns and sends them as chunks.
 */
import { maxChunkSteps, type StepEvent, stepEvents } from "../../../core/trace/trace";
import { ChunkColumns } from "../../../protocol/chunkColumns";
import type { PointTable } from "../load/pointMarks";
import { Dictionary } from "../values/dictionary";
import type { Output } from "./output";
import type { Wire } from "./wire";

/** The codes of the events in a chunk. */
export const eventCode = Object.fromEntries(stepEvents.map((event, code) => [event, code])) as Record<StepEvent, number>;

/** One in so many of all steps that a run has made may be waiting to be sent. */
const unsentShare = 8;

export class Recorder {
  #columns = new ChunkColumns();
  /** Those of the chunk before, which may still be written. */
  #others = new ChunkColumns();
  readonly #dictionary = new Dictionary();
  #length = 0;
  /** Queues what has to come before the steps. */
  ahead: () => void = () => {};
  /** Steps that were sent since the beginning of the session. */
  #sent = 0;

  constructor(
    readonly wire: Wire,
    readonly output: Output,
    readonly points: PointTable,
  ) {
    // The engine takes what never changed for constant, and would compile the loop anew at the first real turn.
    this.#turn();
  }

  /** Steps that were recorded since the beginning of the session. */
  get steps(): number {
    return this.#sent + this.#length;
  }

  /**
   * How many steps can be recorded before they have to be sent: a part of those there are, since a process that dies takes them with
   * it. Chunks end where segments of the trace do, so most are one.
   */
  get room(): number {
    const inSegment = maxChunkSteps - (this.#sent % maxChunkSteps);
    const unsent = Math.max(1, Math.floor(this.#sent / unsentShare));
    return Math.max(0, Math.min(inSegment, unsent) - this.#length);
  }

  /** Whether chunks are few and small: then nobody else writes them, and none is on its way when the process dies. */
  get isEarly(): boolean {
    return this.steps < maxChunkSteps;
  }

  /** @param event a code of `eventCode` */
  record(task: number, event: number, value: unknown, point: number, micros: number): void {
    const at = this.#length;
    const columns = this.#columns;
    columns.task[at] = task;
    columns.event[at] = event;
    columns.value[at] = this.#dictionary.index(value);
    columns.point[at] = point;
    columns.micros[at] = micros;
    this.#length = at + 1;
  }

  /** Sends what was printed and recorded up to now, after the yield points that it needs. */
  send(): void {
    this.#queue();
    this.wire.flush();
    this.output.flushed();
  }

  /** The same, while user code goes on: the other thread writes. */
  handOver(): void {
    this.#queue();
    this.wire.handOver();
    this.#turn();
  }

  /** Sends all of it in the middle of a slice. The other thread writes, since an interrupt can come at any moment. */
  passOn(): void {
    this.handOver();
    this.wire.awaitHandled();
    this.output.flushed();
  }

  #turn(): void {
    [this.#columns, this.#others] = [this.#others, this.#columns];
    this.#dictionary.turn();
  }

  #queue(): void {
    const points = this.points.takeNew();
    if (points.length > 0) this.wire.say({ event: "points", points });
    this.ahead();
    this.output.drain();
    const n = this.#length;
    if (n === 0) return;
    const values = this.#dictionary.json();
    this.wire.frame(this.#columns.frame(this.#sent + 1, n, values.length), values);
    this.#sent += n;
    this.#length = 0;
    this.#dictionary.clear();
  }

  /** Steps begin at 1 again. */
  rewind(): void {
    this.#sent = 0;
  }
}
