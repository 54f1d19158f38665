/**
 * Records rows of the wait log. The columns are reused from batch to batch, so that recording a row allocates nothing.
 */
import { type RowKind, rowKind, type WaitRows } from "./rows";

const firstRoom = 64;

export class WaitRecorder {
  /** The step that the next rows belong to: the running one, or between slices the last one. */
  step = 0;
  /** The last step whose slice has ended. */
  #ended = -1;
  /** The last step for which an `outside` row was recorded. */
  #outside = -1;
  #length = 0;
  #base = 0;
  #offset = new Uint32Array(firstRoom);
  #object = new Uint32Array(firstRoom);
  #task = new Uint16Array(firstRoom);
  #kind = new Uint8Array(firstRoom);
  #numbers = new Float64Array(16);
  #numbersLength = 0;

  /** How many rows were recorded since the last `takeRows`. */
  get length(): number {
    return this.#length;
  }

  /** Appends a row to the current step. */
  add(kind: RowKind, task: number, object: number): void {
    const at = this.#length;
    if (at === this.#kind.length) this.#grow();
    if (at === 0) this.#base = this.step;
    this.#offset[at] = this.step - this.#base;
    this.#object[at] = object;
    this.#task[at] = task;
    this.#kind[at] = kind;
    this.#length = at + 1;
  }

  /** Called by the loop when the slice of the current step has ended and its task, if it is ready, is back in the ready queue. */
  endSlice(): void {
    this.#ended = this.step;
  }

  /** Called before a task is woken, or a part of what it waits for is served. Records an `outside` row if the slice of the current step has ended. */
  noteWhen(): void {
    if (this.#ended !== this.step || this.#outside === this.step) return;
    this.#outside = this.step;
    this.add(rowKind.outside, 0, 0);
  }

  /** Appends a row that refers to a time in milliseconds. */
  addNumber(kind: RowKind, task: number, number: number): void {
    if (this.#numbersLength === this.#numbers.length)
      this.#numbers = grown(this.#numbers, new Float64Array(2 * this.#numbers.length));
    this.#numbers[this.#numbersLength] = number;
    this.add(kind, task, this.#numbersLength);
    this.#numbersLength += 1;
  }

  /** Records the time to which the clock was moved. Of several moves without a row in between, only the last one is kept. */
  moveClock(now: number): void {
    const last = this.#length - 1;
    const isMoved = last >= 0 && this.#kind[last] === rowKind.time && this.#base + (this.#offset[last] as number) === this.step;
    if (isMoved) this.#numbers[this.#object[last] as number] = now;
    else this.addNumber(rowKind.time, 0, now);
  }

  /** Returns the rows recorded so far and starts over. The columns are valid until the next row is recorded. */
  takeRows(): WaitRows {
    const length = this.#length;
    const rows = {
      base: length === 0 ? this.step : this.#base,
      offset: this.#offset.subarray(0, length),
      object: this.#object.subarray(0, length),
      task: this.#task.subarray(0, length),
      kind: this.#kind.subarray(0, length),
      numbers: this.#numbers.subarray(0, this.#numbersLength),
    };
    this.#length = 0;
    this.#numbersLength = 0;
    return rows;
  }

  #grow(): void {
    const room = 2 * this.#kind.length;
    this.#offset = grown(this.#offset, new Uint32Array(room));
    this.#object = grown(this.#object, new Uint32Array(room));
    this.#task = grown(this.#task, new Uint16Array(room));
    this.#kind = grown(this.#kind, new Uint8Array(room));
  }
}

function grown<T extends { set(from: T): void }>(column: T, larger: T): T {
  larger.set(column);
  return larger;
}
