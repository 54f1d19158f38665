/**
 * Memory shared between the main thread and the watch thread: the current step, whether user code has control, pause requests, the
 * wire's lock, and whether one thread has something for the other to write.
 */
import { writtenCells } from "../../../protocol/writtenFile";

const lockCell = 0;
const entriesCell = 1;
const insideCell = 2;
const taskCell = 3;
const pausedCell = 4;
const takenCell = 5;
const handedCell = 6;
const collectingCell = 7;
const outputCell = 8;
/** The number of the request whose user code can be interrupted, or one of `gate`. */
const gateCell = 9;
const gate = { closed: 0, interrupting: -1 } as const;
/** Counts the requests that the watch thread has passed on. */
const postedCell = 10;
const servingCell = 11;
const cells = 12;
/** The state of `WrittenFile`, which is stored after the step. */
const writtenBytes = writtenCells * 8;
const cellsAt = 8 + writtenBytes;

/** Stands for user code that runs outside of any slice. */
export const noTask = -1;

/** A snapshot of the main thread, as the watch thread sees it. */
export interface Glimpse {
  /** Changes whenever user code gets control. */
  readonly heartbeat: number;
  readonly inside: boolean;
  readonly step: number;
  readonly task: number;
  /** The number of requests that the main thread has started. */
  readonly taken: number;
}

export class SharedState {
  readonly #cells: Int32Array;
  readonly #step: Float64Array;

  /** How far the output of the descriptors has been read. Must be changed only within `collecting`. */
  readonly written: Float64Array;

  constructor(readonly memory = new SharedArrayBuffer(cellsAt + 4 * cells)) {
    this.#step = new Float64Array(memory, 0, 1);
    this.written = new Float64Array(memory, 8, writtenBytes / 8);
    this.#cells = new Int32Array(memory, cellsAt, cells);
    if (this.task === 0 && this.step === 0) this.#cells[taskCell] = noTask;
  }

  /** The current or last step; 0 before the first one. */
  get step(): number {
    return this.#step[0] ?? 0;
  }

  /** The task whose slice is running, or `noTask`. */
  get task(): number {
    return this.#cells[taskCell] ?? noTask;
  }

  /** Marks that user code gets control, until `leave`. */
  enter(step: number, task: number): void {
    this.#step[0] = step;
    this.#cells[taskCell] = task;
    this.#cells[entriesCell] = ((this.#cells[entriesCell] ?? 0) + 1) | 0;
    this.#cells[insideCell] = 1;
  }

  /** Like `enter`, for the next of several slices. It does only two stores, because it is called millions of times a second. */
  nextSlice(step: number, task: number): void {
    this.#step[0] = step;
    this.#cells[taskCell] = task;
  }

  leave(): void {
    this.#cells[insideCell] = 0;
    this.#cells[taskCell] = noTask;
  }

  /** Calls what waits for somebody outside. Meanwhile user code does not count as having control, so it does not hang. */
  outside<T>(wait: () => T): T {
    const inside = this.#cells[insideCell] ?? 0;
    this.#cells[insideCell] = 0;
    try {
      return wait();
    } finally {
      Atomics.add(this.#cells, entriesCell, 1);
      this.#cells[insideCell] = inside;
    }
  }

  /** Resets the step. */
  rewind(): void {
    this.#step[0] = 0;
  }

  glimpse(): Glimpse {
    const step = this.step;
    return {
      heartbeat: step * 8_192 + (Atomics.load(this.#cells, entriesCell) & 8_191),
      inside: Atomics.load(this.#cells, insideCell) === 1,
      step,
      task: Atomics.load(this.#cells, taskCell),
      taken: Atomics.load(this.#cells, takenCell),
    };
  }

  /** Counts a request that the main thread starts. */
  take(): void {
    Atomics.add(this.#cells, takenCell, 1);
  }

  /** Lets the watch thread interrupt the request in progress, until `close`. @returns false if it could before */
  open(): boolean {
    return Atomics.compareExchange(this.#cells, gateCell, gate.closed, this.#cells[takenCell] as number) === gate.closed;
  }

  /** Must be called before leaving what a signal interrupts. @returns false if a signal is on its way, which has to be awaited */
  close(): boolean {
    const taken = this.#cells[takenCell] as number;
    return Atomics.compareExchange(this.#cells, gateCell, taken, gate.closed) === taken;
  }

  /** Called when the signal has come. @param wasOpen whether there is more to interrupt further out */
  interrupted(wasOpen: boolean): void {
    Atomics.store(this.#cells, gateCell, wasOpen ? (this.#cells[takenCell] as number) : gate.closed);
  }

  /**
   * Called by the watch thread before it sends a signal.
   *
   * @param request the number of a request, as `take` counts them
   * @returns whether code of that request runs that a signal interrupts, and none is on its way
   */
  mayInterrupt(request: number): boolean {
    return Atomics.compareExchange(this.#cells, gateCell, request, gate.interrupting) === request;
  }

  /** Whether an observed program runs for a request. If not, its thread is blocked, where the debugger must not pause it. */
  get isServing(): boolean {
    return Atomics.load(this.#cells, servingCell) === 1;
  }

  set isServing(isServing: boolean) {
    Atomics.store(this.#cells, servingCell, isServing ? 1 : 0);
  }

  /** Ends the first `advances` requests to advance, including queued ones. */
  pause(advances: number): void {
    Atomics.store(this.#cells, pausedCell, advances);
  }

  /** Whether an advance request, numbered from 1, should end. */
  isPaused(advance: number): boolean {
    return (this.#cells[pausedCell] ?? 0) >= advance;
  }

  /** Marks that the main thread has given the watch thread something to write. */
  handOver(): void {
    Atomics.store(this.#cells, handedCell, 1);
  }

  /** Marks that it has been written. */
  handled(): void {
    Atomics.store(this.#cells, handedCell, 0);
    Atomics.notify(this.#cells, handedCell, 1);
  }

  /** Waits until the watch thread has written everything. */
  awaitHandled(): void {
    while (Atomics.load(this.#cells, handedCell) === 1) Atomics.wait(this.#cells, handedCell, 1);
  }

  /** Counts a request that was passed on to the main thread, which may be waiting for it. */
  post(): void {
    Atomics.add(this.#cells, postedCell, 1);
    Atomics.notify(this.#cells, postedCell, 1);
  }

  /** The number of requests that were passed on. */
  get posted(): number {
    return Atomics.load(this.#cells, postedCell);
  }

  /** Blocks until another request was passed on. @param posted the number that is known */
  awaitPosted(posted: number): void {
    Atomics.wait(this.#cells, postedCell, posted);
  }

  /** Whether the main thread has output that is not on the wire yet. Later output must wait for it. */
  get isOutputWaiting(): boolean {
    return Atomics.load(this.#cells, outputCell) === 1;
  }

  set isOutputWaiting(isWaiting: boolean) {
    Atomics.store(this.#cells, outputCell, isWaiting ? 1 : 0);
  }

  /** Calls `write` while the other thread cannot write. */
  locked(write: () => void): void {
    this.#alone(lockCell, write);
  }

  /** Calls `collect` while the other thread cannot read the descriptors' output. */
  collecting(collect: () => void): void {
    this.#alone(collectingCell, collect);
  }

  #alone(cell: number, run: () => void): void {
    while (Atomics.compareExchange(this.#cells, cell, 0, 1) !== 0) Atomics.wait(this.#cells, cell, 1);
    try {
      run();
    } finally {
      Atomics.store(this.#cells, cell, 0);
      Atomics.notify(this.#cells, cell, 1);
    }
  }
}
