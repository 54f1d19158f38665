/**
 * Records steps in columns, and sends them as chunks.
 */
import { maxChunkSteps, type StepEvent, stepEvents } from "../../../core/trace/trace";
import { ChunkColumns } from "../../../protocol/chunkColumns";
import type { PointTable } from "../load/pointMarks";
import { Dictionary } from "../values/dictionary";
import type { Output } from "./output";
import type { Wire } from "./wire";

/** The codes of the events in a chunk. */
export const eventCode = Object.fromEntries(stepEvents.map((event, code) => [event, code])) as Record<StepEvent, number>;

/** The maximum share of all steps that may be unsent is one in this number. */
const unsentShare = 8;

/** Data that has to be sent before steps. */
export interface Ahead {
  /** Called before steps are queued, to queue what has to be sent before them. */
  queue(): void;
  /** Called when the buffers are switched: what was queued may still be in transit, but everything before it has been sent. */
  turn(): void;
}

/** How long a step has waited for a person. */
const noWait = { step: 0, millis: 0 };

export class Recorder {
  #columns = new ChunkColumns();
  /** The columns of the previous chunk, which may still be being written. */
  #others = new ChunkColumns();
  readonly #dictionary = new Dictionary();
  #length = 0;
  ahead: Ahead | undefined;
  /** The number of steps sent since the beginning of the session. */
  #sent = 0;
  /** The number of steps that may be unsent. */
  #most = 1;
  /** When the first step that is not sent began, in milliseconds. Set before tasks are resumed. */
  began = 0;
  #leftOut = noWait;
  /** Whether the times at which steps began are sent. */
  tellsTimes = false;

  constructor(
    readonly wire: Wire,
    readonly output: Output,
    readonly points: PointTable,
  ) {
    // The engine treats a field that never changed as a constant, and would recompile the loop when it first changes.
    this.#turn();
  }

  /** The number of steps recorded since the beginning of the session. */
  get steps(): number {
    return this.#sent + this.#length;
  }

  /**
   * The number of steps that can be recorded before they must be sent. It is a share of all steps, because unsent steps are lost if the
   * process dies. Chunks end at the boundaries of the trace's segments, so most chunks are exactly one segment.
   */
  get room(): number {
    return Math.max(0, this.#most - this.#length);
  }

  #hasSent(steps: number): void {
    const inSegment = maxChunkSteps - (steps % maxChunkSteps);
    const unsent = Math.max(1, Math.floor(steps / unsentShare));
    this.#sent = steps;
    this.#most = Math.min(inSegment, unsent);
  }

  /** Whether chunks are still few and small. If so, this thread writes them itself, so that none is in transit if the process dies. */
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

  /** Sends everything that was printed and recorded so far, after the yield points that it refers to. */
  send(): void {
    this.#queue();
    this.wire.flush();
    this.ahead?.turn();
    this.output.flushed();
  }

  /** Like `send`, but the watch thread writes while user code continues. */
  handOver(): void {
    this.#queue();
    this.wire.handOver();
    this.#turn();
  }

  /** Sends everything in the middle of a slice. The watch thread writes, because an interrupt can occur at any time. */
  passOn(): void {
    this.handOver();
    this.wire.awaitHandled();
    this.output.flushed();
  }

  #turn(): void {
    [this.#columns, this.#others] = [this.#others, this.#columns];
    this.#dictionary.turn();
    this.ahead?.turn();
  }

  #queue(): void {
    const points = this.points.takeNew();
    if (points.length > 0) this.wire.say({ event: "points", points });
    this.ahead?.queue();
    this.output.drain();
    const n = this.#length;
    if (n === 0) return;
    const values = this.#dictionary.json();
    this.#leaveOut(n);
    if (this.tellsTimes) this.#tellTime(n);
    this.wire.frame(this.#columns.frame(this.#sent + 1, n, values.length), values);
    this.#hasSent(this.#sent + n);
    this.#length = 0;
    this.#dictionary.clear();
  }

  #tellTime(steps: number): void {
    this.wire.say({ event: "clock", began: this.began * 1000 });
    for (let at = 0; at < steps; at += 1) this.began += (this.#columns.micros[at] as number) / 1000;
  }

  /** The step in progress has waited for a person for so many milliseconds, which are not part of its slice. Earlier steps are sent. */
  leaveOut(step: number, millis: number): void {
    this.#leftOut = { step, millis: millis + (this.#leftOut.step === step ? this.#leftOut.millis : 0) };
  }

  #leaveOut(steps: number): void {
    const { step, millis } = this.#leftOut;
    const { micros } = this.#columns;
    const at = step - this.#sent - 1;
    if (at >= 0 && at < steps) micros[at] = Math.max(0, (micros[at] as number) - millis * 1000);
  }

  /** Numbers steps from 1 again. */
  rewind(): void {
    this.#leftOut = noWait;
    this.#hasSent(0);
    this.output.rewind();
  }
}
