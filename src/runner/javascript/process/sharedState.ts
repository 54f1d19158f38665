/**
 * The memory that the main thread and the watch thread share: which step runs, whether user code has control, the state of a
 * pause request, the lock of the wire, and whether one thread has something to write for the other.
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
const cells = 10;
/** What `WrittenFile` keeps, behind the step. */
const writtenBytes = writtenCells * 8;
const cellsAt = 8 + writtenBytes;

/** No task: user code that runs outside of any slice. */
export const noTask = -1;

/** What the watch thread sees of the main thread at one moment. */
export interface Glimpse {
  /** Changes whenever user code gets control. */
  readonly heartbeat: number;
  readonly inside: boolean;
  readonly step: number;
  readonly task: number;
  /** How many requests the main thread has started. */
  readonly taken: number;
}

export class SharedState {
  readonly #cells: Int32Array;
  readonly #step: Float64Array;

  /** How far the output of the descriptors has been read; to be changed only in `collecting`. */
  readonly written: Float64Array;

  constructor(readonly memory = new SharedArrayBuffer(cellsAt + 4 * cells)) {
    this.#step = new Float64Array(memory, 0, 1);
    this.written = new Float64Array(memory, 8, writtenBytes / 8);
    this.#cells = new Int32Array(memory, cellsAt, cells);
    if (this.task === 0 && this.step === 0) this.#cells[taskCell] = noTask;
  }

  /** The step that runs, or ran last; 0 before the first. */
  get step(): number {
    return this.#step[0] ?? 0;
  }

  /** The task whose slice runs, or `noTask`. */
  get task(): number {
    return this.#cells[taskCell] ?? noTask;
  }

  /** Gives control to user code. `leave` takes it back. */
  enter(step: number, task: number): void {
    this.#step[0] = step;
    this.#cells[taskCell] = task;
    this.#cells[entriesCell] = ((this.#cells[entriesCell] ?? 0) + 1) | 0;
    this.#cells[insideCell] = 1;
  }

  /** The same for the next slice of a run of slices: two stores, for it happens millions of times a second. */
  nextSlice(step: number, task: number): void {
    this.#step[0] = step;
    this.#cells[taskCell] = task;
  }

  leave(): void {
    this.#cells[insideCell] = 0;
    this.#cells[taskCell] = noTask;
  }

  /** Puts the count of steps back after a reset. */
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

  /** Counts a request that the main thread begins with. */
  take(): void {
    Atomics.add(this.#cells, takenCell, 1);
  }

  /** Ends the first `advances` requests to advance, those under way and those still queued. */
  pause(advances: number): void {
    Atomics.store(this.#cells, pausedCell, advances);
  }

  /** Whether the advance with this number, counted from 1, is to end. */
  isPaused(advance: number): boolean {
    return (this.#cells[pausedCell] ?? 0) >= advance;
  }

  /** The main thread gives the other one something to write. */
  handOver(): void {
    Atomics.store(this.#cells, handedCell, 1);
  }

  /** It is written. */
  handled(): void {
    Atomics.store(this.#cells, handedCell, 0);
    Atomics.notify(this.#cells, handedCell, 1);
  }

  /** Waits until the other thread has written what it was given. */
  awaitHandled(): void {
    while (Atomics.load(this.#cells, handedCell) === 1) Atomics.wait(this.#cells, handedCell, 1);
  }

  /** Whether the main thread has output that is not on the wire yet: what came later must wait for it. */
  get isOutputWaiting(): boolean {
    return Atomics.load(this.#cells, outputCell) === 1;
  }

  set isOutputWaiting(isWaiting: boolean) {
    Atomics.store(this.#cells, outputCell, isWaiting ? 1 : 0);
  }

  /** Runs `write` while the other thread writes nothing. */
  locked(write: () => void): void {
    this.#alone(lockCell, write);
  }

  /** Runs `collect` while the other thread reads none of the descriptors' output. */
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
