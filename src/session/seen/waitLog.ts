/**
 * The wait log: which tasks waited for what, and held what, after every step. The latest rows are in memory, the rest in the trace's file.
 * They are stored in pieces, each with the state before it, so that finding the state of any step needs only one piece.
 */
import type { TaskId } from "../../core/task";
import type { Blocked } from "../../core/waiting/blockedColumns";
import { firstAtLeast, type ResourceInfo, rowKind, type WaitRows } from "../../core/waiting/rows";
import { type PackedWaitState, WaitState } from "../../core/waiting/waitState";
import { FramingError } from "../../protocol/framing";
import type { PagedStore } from "./pagedStore";
import { packRows, unpackRows, type WaitRecord, waitPageOf } from "./waitRecord";

/** Consecutive rows, and the state before them. */
interface StoredPiece {
  readonly first: number;
  readonly before: PackedWaitState;
  readonly batches: readonly WaitRows[];
}

interface Piece extends StoredPiece {
  readonly batches: WaitRows[];
  rows: number;
  isWritten: boolean;
}

/** The maximum number of rows in a piece, which limits the work of finding a step, and the number of pieces kept in memory. */
const pieceRows = 131_072;
const mostKept = 4;
/** How many pages read from the file are cached. A search that works in small steps reads the same page many times. */
const mostPages = 2;

export class WaitLog {
  /** The resources that rows refer to. The first one has number 1. */
  readonly resources: ResourceInfo[] = [];
  #kept: Piece[] = [];
  readonly #pages = new Map<number, readonly StoredPiece[]>();
  /** The pages of the pieces that are only in the file; unknown for an opened file. */
  #dropped: number[] | undefined = [];
  #state = new WaitState();
  #lastStep = 0;
  /** The state that was requested last. */
  #found: { readonly step: number; readonly state: WaitState } | undefined;

  /** @param store where pieces are written; left out, they stay in memory */
  constructor(readonly store?: PagedStore<WaitRecord>) {
    if (store) this.#continue(store);
  }

  /** Whether there are no rows, because no task ever waited or held anything. */
  get isEmpty(): boolean {
    return this.#kept.length === 0 && (this.store?.numbers.length ?? 0) === 0;
  }

  /** The state after all rows. It changes as rows are appended. */
  get now(): WaitState {
    return this.#state;
  }

  /** Appends rows that follow the previous ones. */
  append(rows: WaitRows): void {
    const { base, offset, kind } = rows;
    if (kind.length === 0) return;
    const first = base + (offset[0] as number);
    const piece = this.#pieceFor(first);
    piece.batches.push(rows);
    piece.rows += kind.length;
    this.#state.apply(rows);
    this.#lastStep = base + (offset[kind.length - 1] as number);
    if (this.#found && this.#found.step >= first) this.#found = undefined;
  }

  /** The state after a step. Valid until more rows come. */
  at(step: number): WaitState {
    if (step >= this.#lastStep) return this.#state;
    if (this.#found?.step === step) return this.#found.state;
    const state = this.#stateAt(step);
    this.#found = { step, state };
    return state;
  }

  /** All rows from a step on, in order, as batches. The first batch may begin before the step. */
  *from(step: number): Iterable<WaitRows> {
    const page = this.#numbersUpTo(waitPageOf(step) - 1).at(-1) ?? 0;
    let left = this.#dropped?.filter((each) => each >= page).length ?? Number.POSITIVE_INFINITY;
    const stored = left > 0 ? this.#numbersUpTo(Number.POSITIVE_INFINITY) : [];
    for (const number of stored) {
      for (const { batches } of number < page || left === 0 ? [] : this.#read(number).slice(0, left)) {
        yield* batchesFrom(batches, step);
        left -= 1;
      }
    }
    const first = this.#kept.findLastIndex((piece) => piece.first < step);
    for (const { batches } of this.#kept.slice(Math.max(0, first))) yield* batchesFrom(batches, step);
  }

  /** What a task began to wait for in a step; undefined if it did not have to wait. */
  begunIn(step: number, task: TaskId): Blocked | undefined {
    const state = new WaitState();
    for (const rows of this.from(step)) {
      if (rows.base > step) break;
      const end = firstAtLeast(rows.offset, step + 1 - rows.base);
      for (let index = firstAtLeast(rows.offset, step - rows.base); index < end; index += 1) {
        if (rows.task[index] === task && (rows.kind[index] as number) <= rowKind.group) state.applyOne(rows, index);
      }
    }
    return state.blockedOf(task);
  }

  /** The whole log in order, in batches. @throws Error if the file is closed in the meantime */
  *all(): Iterable<WaitRecord[]> {
    for (const number of this.#numbersUpTo(Number.POSITIVE_INFINITY)) yield this.#read(number).map(recordOf);
    yield this.unwritten;
  }

  /** The pieces that are not in the file yet. */
  get unwritten(): WaitRecord[] {
    return this.#kept.filter(({ isWritten }) => !isWritten).map(recordOf);
  }

  /** Must be called when the unwritten pieces have been written. */
  forgetUnwritten(): void {
    for (const piece of this.#kept) piece.isWritten = true;
    this.#drop();
  }

  /** Writes what the file did not accept before. */
  flush(): void {
    if (this.store?.problem) this.#write(this.store);
  }

  #pieceFor(first: number): Piece {
    const last = this.#kept.at(-1);
    const isFull = !last || last.isWritten || last.rows >= pieceRows || waitPageOf(first) !== waitPageOf(last.first);
    if (!isFull) return last;
    // After a failure, `flush` tries again when there may be space.
    if (this.store && !this.store.problem && this.#kept.length >= mostKept) this.#write(this.store);
    const piece = { first, before: this.#state.pack(), batches: [], rows: 0, isWritten: false };
    this.#kept.push(piece);
    return piece;
  }

  #write(store: PagedStore<WaitRecord>): void {
    if (store.put(this.unwritten)) this.forgetUnwritten();
  }

  #drop(): void {
    if (!this.store) return;
    for (let [piece] = this.#kept; piece?.isWritten && this.#kept.length >= mostKept; [piece] = this.#kept) {
      this.#dropped?.push(waitPageOf(piece.first));
      this.#kept.shift();
    }
  }

  #stateAt(step: number): WaitState {
    const kept = this.#kept.findLast(({ first }) => first <= step);
    if (kept) return stateIn(kept.before, kept.batches, step);
    for (const number of this.#numbersUpTo(waitPageOf(step)).reverse()) {
      const piece = this.#read(number).findLast(({ first }) => first <= step);
      if (piece) return stateIn(piece.before, piece.batches, step);
    }
    return new WaitState();
  }

  #numbersUpTo(most: number): number[] {
    return [...(this.store?.numbers ?? [])].filter((number) => number <= most).sort((one, other) => one - other);
  }

  #read(number: number): readonly StoredPiece[] {
    const known = this.#pages.get(number);
    if (known) return known;
    const records = this.store?.has(number) ? this.store.get(number) : [];
    const readable = records.flatMap(pieceOf);
    if (readable.length < records.length) this.store?.damaged();
    // More may be written to the last page.
    const isComplete = this.#numbersUpTo(Number.POSITIVE_INFINITY).at(-1) !== number;
    if (isComplete) this.#pages.set(number, readable);
    const [oldest] = this.#pages.keys();
    if (this.#pages.size > mostPages && oldest !== undefined) this.#pages.delete(oldest);
    return readable;
  }

  /** Restores the current state from the last piece of an opened file. */
  #continue(store: PagedStore<WaitRecord>): void {
    const last = Math.max(0, ...store.numbers);
    if (last > 0) this.#dropped = undefined;
    const piece = last > 0 ? this.#read(last).at(-1) : undefined;
    if (!piece) return;
    this.#state = stateIn(piece.before, piece.batches, Number.POSITIVE_INFINITY);
    this.#lastStep = Math.max(0, ...piece.batches.map(lastStepOf));
  }
}

function recordOf({ first, before, batches }: StoredPiece): WaitRecord {
  return { first, before, rows: batches.map(packRows) };
}

/** The piece of a record; empty if its rows are damaged. */
function pieceOf({ first, before, rows }: WaitRecord): StoredPiece[] {
  try {
    return [{ first, before, batches: rows.map(unpackRows) }];
  } catch (error) {
    if (error instanceof FramingError) return [];
    throw error;
  }
}

function stateIn(before: PackedWaitState, batches: readonly WaitRows[], step: number): WaitState {
  const state = WaitState.unpack(before);
  for (const rows of batches) state.apply(rows, 0, step);
  return state;
}

/** The batches that have rows of a step or of later ones. @param batches in order */
function batchesFrom(batches: readonly WaitRows[], step: number): readonly WaitRows[] {
  let [low, high] = [0, batches.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (lastStepOf(batches[middle] as WaitRows) < step) low = middle + 1;
    else high = middle;
  }
  return batches.slice(low);
}

function lastStepOf({ base, offset }: WaitRows): number {
  return base + (offset.at(-1) ?? 0);
}
