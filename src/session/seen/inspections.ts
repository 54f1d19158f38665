/**
 * What was captured of suspended tasks: their stacks, locals and values at that time. The past is shown from this data only, since
 * the objects themselves have changed. The most recently used data is in memory, the rest in the trace's file.
 */
import type { TaskId } from "../../core/task";
import type { YieldPoint } from "../../core/trace/trace";
import type { Answer } from "../../protocol/runner";
import { SessionStateError } from "../common/errors";
import { Beside } from "./beside";
import { openParts } from "./errorParts";
import { Handles, type Origin } from "./handles";
import type { PagedStore } from "./pagedStore";
import { type Expansion, pastEpoch, type Seen, type SeenRecord, valuesOf, withoutHandles, withoutLocals } from "./seenRecord";

type Inspected = Answer<"inspect">;

/** The maximum number of steps, of handles, and of characters in their children in memory. The least recently used are dropped first. */
const maxSteps = 1_000;
const maxHandles = 20_000;
export const maxCharacters = 16_000_000;

/** The number of children requested at a time. */
export const childrenPage = 100;

interface Kept {
  readonly seen: Seen;
  readonly origin: Origin;
}

/** Where a task is suspended, innermost last, and what it was sent before, as text. */
interface Suspended {
  readonly stack: readonly YieldPoint[];
  readonly got: string | undefined;
}

function placeIn({ frames, got }: Inspected): Suspended {
  return { stack: frames.map(withoutLocals), got };
}

export class Inspections {
  readonly #byStep = new Map<number, Kept>();
  /** Where tasks were suspended after steps that are not in memory, and what they were sent in them. */
  readonly #places = new Map<number, Suspended>();
  readonly #handles = new Handles();
  /** What was captured of tasks that had not just run. */
  readonly beside = new Beside(this.#handles, () => this.#epoch);
  readonly #changed = new Set<number>();
  /** The step that was captured last. */
  #latest = 0;
  #epoch = 0;

  /**
   * @param ask requests children from the runner, by its handle
   * @param store where steps are written; left out, they stay in memory
   */
  constructor(
    readonly ask: (handle: number, start: number) => Promise<Expansion>,
    readonly store?: PagedStore<SeenRecord>,
  ) {}

  /** The steps with new data since the last write. */
  get changedSteps(): number[] {
    return [...this.#changed];
  }

  /** Must be called when the data of these steps has been written. */
  forgetChanged(steps: readonly number[]): void {
    for (const step of steps) this.#changed.delete(step);
  }

  /** All captured data, in ascending order of steps. @throws Error if the file is closed in the meantime */
  *all(): Iterable<SeenRecord> {
    const steps = new Set([...this.#byStep.keys(), ...(this.store?.numbers ?? [])]);
    for (const step of [...steps].sort((one, other) => one - other)) {
      const record = this.recordOf(step);
      if (record) yield record;
    }
  }

  /** The captured data of a step, with all known children of its values. */
  recordOf(step: number): SeenRecord | undefined {
    const { seen } = this.#byStep.get(step) ?? {};
    if (!seen) return this.store?.get(step).at(-1);
    return { step, ...seen, children: [...this.#handles.childrenOf(valuesOf(seen))] };
  }

  /** Writes what the file did not accept before. */
  flush(): void {
    if (this.store?.problem) this.#makeRoom();
  }

  /** Must be called before tasks are resumed: values captured so far then belong to the past. */
  advance(): void {
    this.#epoch += 1;
  }

  /** Stores what was captured after a step. Its handles are replaced by the session's own, which stay valid in the past. */
  record(step: number, seen: Inspected): void {
    this.#take(step, { ...seen, when: "then" }, this.#epoch, new Map());
    this.#changed.add(step);
  }

  /**
   * Stores what was captured of a task after other tasks have run, unless there is an earlier capture. The stack is still the same, but
   * the values may have changed, so they cannot be expanded.
   */
  recordLater(step: number, { frames }: Inspected): void {
    if (this.#byStep.has(step) || this.store?.has(step)) return;
    this.#take(step, { when: "later", frames: frames.map(withoutHandles) }, pastEpoch, new Map());
    this.#changed.add(step);
  }

  /**
   * Stores what a replay captured after a step. The replay's process ends, so its handles are never used in requests.
   *
   * @param children the children of values, by the replay's handles
   */
  recordPast(step: number, seen: Inspected, children: ReadonlyMap<number, Expansion>): void {
    this.#take(step, { ...seen, when: "then" }, pastEpoch, new Map(children));
    this.#changed.add(step);
  }

  /** Stores data from `all`, of this run or of another run with the same steps. */
  restore({ step, children, ...seen }: SeenRecord): void {
    this.#take(step, seen, pastEpoch, new Map(children));
    this.#changed.add(step);
  }

  /** What was captured immediately after a step, or undefined if nothing was. */
  of(step: number): Inspected | undefined {
    const seen = this.ofAnyTime(step);
    return seen?.when === "then" ? seen : undefined;
  }

  /** What was captured of a step's task where the step left it, whenever that was. */
  ofAnyTime(step: number): Seen | undefined {
    const kept = this.#byStep.get(step);
    if (!kept) return this.#fetched(step);
    this.#latest = step;
    this.#byStep.delete(step);
    this.#byStep.set(step, kept);
    return kept.seen;
  }

  /** Where a step's task is suspended after it, and what it was sent. Views call this for every task, so the other data is not kept for it. */
  placeOf(step: number): Suspended {
    const kept = this.#byStep.get(step);
    if (kept) return placeIn(kept.seen);
    const known = this.#places.get(step);
    if (known) return known;
    const record = this.store?.has(step) ? this.store.get(step).at(-1) : undefined;
    if (!record) return { stack: [], got: undefined };
    const place = placeIn(record);
    this.#places.set(step, place);
    for (const oldest of this.#places.keys()) if (this.#places.size > maxSteps) this.#places.delete(oldest);
    return place;
  }

  /** The first children of a value, if it was expanded. */
  inside(handle: number): Expansion | undefined {
    return this.#handles.get(handle)?.children;
  }

  /**
   * The children of a value.
   *
   * @param start the index of the first child wanted
   * @throws SessionStateError if the value belongs to the past and its children were not captured
   */
  async expand(handle: number, start: number): Promise<Expansion> {
    const known = this.#handles.get(handle);
    if (start === 0 && known?.children) return known.children;
    if (known?.origin.epoch !== this.#epoch) {
      const step = known ? `at step ${known.origin.step}` : "then";
      throw new SessionStateError(
        `The content of this value ${step} was not recorded.`,
        "Restart and step there by hand, and open the value before you continue.",
      );
    }
    const { origin } = known;
    const children = this.#handles.among(await this.ask(known.runnerHandle, start), origin, new Map());
    if (start === 0) {
      this.#handles.opened(handle, children);
      this.#changed.add(origin.step);
    }
    this.#makeRoom();
    return children;
  }

  /**
   * Expands the values of a step by one level, so that they can be inspected later.
   *
   * @param most the maximum number of values, since each needs a request to the runner
   * @param task the task, if the step was not its own
   */
  async preload(step: number, most: number, task?: TaskId): Promise<void> {
    const seen = task === undefined ? this.ofAnyTime(step) : this.beside.of(step, task);
    if (!seen) return;
    const handles = valuesOf(seen).flatMap(({ handle }) => handle ?? []);
    await Promise.all(handles.slice(0, most).map((handle) => this.expand(handle, 0)));
  }

  /** Expands the error that was thrown in a step, with its related errors. */
  async preloadError(step: number): Promise<void> {
    const handle = this.ofAnyTime(step)?.value?.handle;
    if (handle !== undefined) await openParts(handle, (each) => this.expand(each, 0));
  }

  #fetched(step: number): Seen | undefined {
    const record = this.store?.has(step) ? this.store.get(step).at(-1) : undefined;
    if (!record) return undefined;
    const { step: _, children, ...seen } = record;
    try {
      return this.#take(step, seen, pastEpoch, new Map(children));
    } catch (error) {
      if (!(error instanceof RangeError)) throw error;
      this.store?.damaged(); // nested deeper than any captured value
      return undefined;
    }
  }

  /** @param children the known children of values, by the runner's handles */
  #take(step: number, { when, ...inspected }: Seen, epoch: number, children: Map<number, Expansion>): Seen {
    // Handles that were assigned for the same step before stay valid.
    const origin: Origin = { step, epoch, handles: this.#byStep.get(step)?.origin.handles ?? new Set() };
    const seen: Seen = { when, ...this.#handles.inside(inspected, origin, children) };
    this.#byStep.delete(step);
    this.#byStep.set(step, { seen, origin });
    this.#latest = step;
    this.#makeRoom();
    return seen;
  }

  /**
   * Drops the least recently used data. Of the step used last, and of the one whose values the runner can still expand, only single
   * handles are dropped. If the file does not accept data, everything stays in memory.
   */
  #makeRoom(): void {
    if (!this.store) return;
    for (const [step, { origin }] of this.#byStep) {
      if (!this.#isFull) return;
      if (step === this.#latest || origin.epoch === this.#epoch) continue;
      if (!this.#isWritten(step, this.store)) return;
      this.#handles.forget(origin);
      this.#byStep.delete(step);
    }
    this.#handles.forgetOldest(maxHandles);
  }

  get #isFull(): boolean {
    const { size, characters } = this.#handles;
    return this.#byStep.size > maxSteps || size > maxHandles || characters > maxCharacters;
  }

  /** Whether a step is in the file, after writing it if necessary. */
  #isWritten(step: number, store: PagedStore<SeenRecord>): boolean {
    const record = this.#changed.has(step) ? this.recordOf(step) : undefined;
    if (record && !store.put([record])) return false;
    this.#changed.delete(step);
    return true;
  }
}
