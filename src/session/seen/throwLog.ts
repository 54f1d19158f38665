/**
 * What tasks threw, by step. The latest are in memory, the rest in the trace's file.
 */
import type { Thrown } from "../../core/trace/thrown";
import type { PagedStore } from "./pagedStore";
import type { ThrownRecord } from "./thrownRecord";

/** How many stay in memory; and how many go to the file at a time. */
const mostKept = 512;
const batch = 256;

export class ThrowLog {
  /** The least recently used first. */
  readonly #kept = new Map<number, Thrown>();
  readonly #unwritten = new Set<number>();

  /** @param store where they go; left out, they stay in memory */
  constructor(readonly store?: PagedStore<ThrownRecord>) {}

  /** Keeps what the task of a step threw. */
  add(step: number, thrown: Thrown): void {
    this.#unwritten.add(step);
    this.#keep(step, thrown);
  }

  /** What the task of a step threw; undefined where it threw nothing, or that was not kept. */
  of(step: number): Thrown | undefined {
    const thrown = this.#kept.get(step) ?? (this.store?.has(step) ? this.store.get(step).at(-1)?.thrown : undefined);
    if (thrown) this.#keep(step, thrown);
    return thrown;
  }

  /** All of them in ascending order, some at a time. @throws Error when the file is closed in between */
  *all(): Iterable<ThrownRecord[]> {
    const steps = [...new Set([...this.#kept.keys(), ...(this.store?.numbers ?? [])])].sort((one, other) => one - other);
    for (let first = 0; first < steps.length; first += batch) {
      yield steps.slice(first, first + batch).flatMap((step) => this.#record(step));
    }
  }

  /** Those that the file does not have yet. */
  get unwritten(): ThrownRecord[] {
    return [...this.#unwritten].flatMap((step) => this.#record(step));
  }

  /** Says that these are written. */
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
    // After a failure it is tried again when there may be space.
    if (this.#unwritten.size >= batch && (this.store.problem || !this.#write(this.store))) return;
    for (const oldest of this.#kept.keys()) {
      if (this.#kept.size <= mostKept) return;
      if (!this.#unwritten.has(oldest)) this.#kept.delete(oldest);
    }
  }

  /** While the file accepts nothing, everything stays in memory. */
  #write(store: PagedStore<ThrownRecord>): boolean {
    if (!store.put(this.unwritten)) return false;
    this.#unwritten.clear();
    return true;
  }
}
