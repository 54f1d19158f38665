/**
 * The errors that tasks threw, by step. The latest are in memory, the rest in the trace's file.
 */
import type { Thrown } from "../../core/trace/thrown";
import type { PagedStore } from "./pagedStore";
import type { ThrownRecord } from "./thrownRecord";

/** The maximum number in memory, and the number written to the file at a time. */
const mostKept = 512;
const batch = 256;

export class ThrowLog {
  /** In order of use, the least recently used first. */
  readonly #kept = new Map<number, Thrown>();
  readonly #unwritten = new Set<number>();

  /** @param store where errors are written; left out, they stay in memory */
  constructor(readonly store?: PagedStore<ThrownRecord>) {}

  /** Stores the error that the task of a step threw. */
  add(step: number, thrown: Thrown): void {
    this.#unwritten.add(step);
    this.#keep(step, thrown);
  }

  /** The error that the task of a step threw; undefined if it did not throw, or if the error was not kept. */
  of(step: number): Thrown | undefined {
    const thrown = this.#kept.get(step) ?? (this.store?.has(step) ? this.store.get(step).at(-1)?.thrown : undefined);
    if (thrown) this.#keep(step, thrown);
    return thrown;
  }

  /** All errors in ascending order of steps, in batches. @throws Error if the file is closed in the meantime */
  *all(): Iterable<ThrownRecord[]> {
    const steps = [...new Set([...this.#kept.keys(), ...(this.store?.numbers ?? [])])].sort((one, other) => one - other);
    for (let first = 0; first < steps.length; first += batch) {
      yield steps.slice(first, first + batch).flatMap((step) => this.#record(step));
    }
  }

  /** The errors that are not in the file yet. */
  get unwritten(): ThrownRecord[] {
    return [...this.#unwritten].flatMap((step) => this.#record(step));
  }

  /** Must be called when the unwritten errors have been written. */
  forgetUnwritten(): void {
    this.#unwritten.clear();
  }

  /** Writes what the file did not accept before. */
  flush(): void {
    if (this.store?.problem) this.#write(this.store);
  }

  #record(step: number): ThrownRecord[] {
    const thrown = this.#kept.get(step) ?? this.store?.get(step).at(-1)?.thrown;
    return thrown ? [{ step, thrown }] : [];
  }

  #keep(step: number, thrown: Thrown): void {
    this.#kept.delete(step);
    this.#kept.set(step, thrown);
    if (this.#kept.size <= mostKept || !this.store) return;
    // After a failure, `flush` tries again when there may be space.
    if (this.#unwritten.size >= batch && (this.store.problem || !this.#write(this.store))) return;
    for (const oldest of this.#kept.keys()) {
      if (this.#kept.size <= mostKept) return;
      if (!this.#unwritten.has(oldest)) this.#kept.delete(oldest);
    }
  }

  /** Writes a batch. If the file does not accept it, everything stays in memory. @returns whether it was written */
  #write(store: PagedStore<ThrownRecord>): boolean {
    if (!store.put(this.unwritten)) return false;
    this.#unwritten.clear();
    return true;
  }
}
