/**
 * What was seen of suspended tasks: their stacks, locals and values, as they were when they were looked at. The past is
 * shown from here and never asked again, since the objects themselves have moved on.
 */
import type { Answer, Frame, Property, Value } from "../protocol/runner";
import { SessionStateError } from "./errors";

type Inspected = Answer<"inspect">;
/** Children of a value, and how many there are in all. */
export type Expansion = Answer<"expand">;

/** How many steps keep what was seen; the oldest go first. */
const maxKept = 1_000;

/** Children asked for at once. */
export const childrenPage = 100;

/** How many handles stay known; the oldest go first. */
const maxHandles = 20_000;

interface Handle {
  readonly runnerHandle: number;
  /** The runner's own handle is good while this is the current epoch. */
  readonly epoch: number;
  readonly step: number;
  children?: Expansion;
}

/** The epoch of values whose process is gone. */
const pastEpoch = -1;

/** What was seen, and whether at once: other tasks may have changed the same objects before a later look. */
interface Seen extends Inspected {
  readonly when: "then" | "later";
}

/** What was seen after a step, as plain data. Handles mean nothing beyond it. */
export interface SeenRecord extends Seen {
  readonly step: number;
  /** What is known of the inside of values, by their handles. */
  readonly children: readonly (readonly [number, Expansion])[];
}

/** Where values come from. */
interface Source {
  readonly step: number;
  readonly epoch: number;
  /** What is known of their inside, by the runner's handles; each is taken out when its value is adopted. */
  readonly children: Map<number, Expansion>;
}

export class Inspections {
  readonly #byStep = new Map<number, Seen>();
  readonly #handles = new Map<number, Handle>();
  readonly #changed = new Set<number>();
  #lastHandle = 0;
  #epoch = 0;

  /** @param ask asks the runner for children of one of its handles */
  constructor(readonly ask: (handle: number, start: number) => Promise<Expansion>) {}

  /** The steps of which something new is kept since it was last said that nothing is. */
  get changedSteps(): number[] {
    return [...this.#changed];
  }

  /** Says that nothing is new of these steps. */
  forgetChanged(steps: readonly number[]): void {
    for (const step of steps) this.#changed.delete(step);
  }

  /** The steps of which something is kept, the oldest first. */
  get steps(): number[] {
    return [...this.#byStep.keys()];
  }

  /** What is kept of a step, with all that is known of the inside of its values. */
  recordOf(step: number): SeenRecord | undefined {
    const seen = this.#byStep.get(step);
    if (!seen) return undefined;
    const values = [
      ...(seen.value ? [seen.value] : []),
      ...seen.frames.flatMap(({ locals }) => locals.map(({ value }) => value)),
    ];
    return { step, ...seen, children: [...this.#childrenOf(values)] };
  }

  /** Takes over what `recordOf` gave, in this session or another. */
  restore({ step, when, frames, value, children }: SeenRecord): void {
    if (when === "then") this.recordPast(step, { frames, ...(value ? { value } : {}) }, new Map(children));
    else this.recordLater(step, { frames });
  }

  /** Level by level, as far as somebody looked. */
  *#childrenOf(values: readonly Value[]): Iterable<[number, Expansion]> {
    for (const { handle } of values) {
      const children = handle === undefined ? undefined : this.inside(handle);
      if (handle === undefined || !children) continue;
      yield [handle, children];
      yield* this.#childrenOf(children.properties.map((property) => property.value));
    }
  }

  /** The tasks are about to move on: values seen until now belong to the past. */
  advance(): void {
    this.#epoch += 1;
  }

  /** Keeps what was seen after a step. Handles in it become this session's own, which stay valid in the past. */
  record(step: number, seen: Inspected): void {
    this.#keep(seen, { step, epoch: this.#epoch, children: new Map() });
  }

  /**
   * Keeps what was seen of a task some steps of others after its own, unless it was looked at before: its stack holds still,
   * its values may not, so they cannot be opened.
   */
  recordLater(step: number, { frames }: Inspected): void {
    if (this.#byStep.has(step)) return;
    this.#byStep.set(step, { when: "later", frames: frames.map(withoutHandles) });
    this.#keepNewest(step);
  }

  /**
   * Keeps what a replay saw after a step. Its process ends, so its handles are never asked.
   *
   * @param children what is inside of values, by the replay's own handles
   */
  recordPast(step: number, seen: Inspected, children: ReadonlyMap<number, Expansion>): void {
    this.#keep(seen, { step, epoch: pastEpoch, children: new Map(children) });
  }

  /** What was seen right after a step, or undefined when nobody looked then. */
  of(step: number): Inspected | undefined {
    const seen = this.#byStep.get(step);
    return seen?.when === "then" ? seen : undefined;
  }

  /** The stack of a step's task until it is resumed, innermost last. Its locals may be as they were later. */
  stackOf(step: number): readonly Frame[] {
    return this.#byStep.get(step)?.frames ?? [];
  }

  /** The first children of a value, where somebody looked. */
  inside(handle: number): Expansion | undefined {
    return this.#handles.get(handle)?.children;
  }

  /**
   * The children of a value.
   *
   * @param start the first child wanted, counted from 0
   * @throws SessionStateError when the value belongs to the past and its children were not recorded then
   */
  async expand(handle: number, start: number): Promise<Expansion> {
    const known = this.#handles.get(handle);
    if (start === 0 && known?.children) return known.children;
    if (known?.epoch !== this.#epoch) {
      const step = known ? `at step ${known.step}` : "then";
      throw new SessionStateError(
        `What was inside this value ${step} was not recorded.`,
        "Restart and step there by hand, and open the value before going on.",
      );
    }
    const answer = await this.ask(known.runnerHandle, start);
    const children = this.#adoptInside(answer, { ...known, children: new Map() });
    if (start === 0) {
      known.children = children;
      this.#changed.add(known.step);
    }
    return children;
  }

  /**
   * Opens the values seen after a step by one level, so that they can be looked into once they are past.
   *
   * @param most how many values, since each costs a question to the runner
   */
  async preload(step: number, most: number): Promise<void> {
    const seen = this.#byStep.get(step);
    if (!seen) return;
    const locals = seen.frames.flatMap((frame) => frame.locals.map((local) => local.value));
    const handles = [...(seen.value ? [seen.value] : []), ...locals].flatMap((value) => value.handle ?? []);
    await Promise.all(handles.slice(0, most).map((handle) => this.expand(handle, 0)));
  }

  #keep(seen: Inspected, source: Source): void {
    const frames = seen.frames.map((frame): Frame => ({ ...frame, locals: this.#adoptAll(frame.locals, source) }));
    const value = seen.value && this.#adopt(seen.value, source);
    this.#byStep.delete(source.step);
    this.#byStep.set(source.step, { when: "then", frames, ...(value ? { value } : {}) });
    this.#keepNewest(source.step);
  }

  #keepNewest(step: number): void {
    trim(this.#byStep, maxKept);
    this.#changed.add(step);
    if (this.#changed.size > 2 * maxKept) for (const old of this.#changed) if (!this.#byStep.has(old)) this.#changed.delete(old);
  }

  #adoptInside({ properties, total }: Expansion, source: Source): Expansion {
    return { properties: this.#adoptAll(properties, source), total };
  }

  #adoptAll(properties: readonly Property[], source: Source): Property[] {
    return properties.map(({ name, value }) => ({ name, value: this.#adopt(value, source) }));
  }

  #adopt(value: Value, source: Source): Value {
    if (value.handle === undefined) return value;
    const { step, epoch } = source;
    const found = source.children.get(value.handle);
    source.children.delete(value.handle); // a file could say that a value is inside of itself
    const inside = found && { children: this.#adoptInside(found, source) };
    this.#lastHandle += 1;
    const handle = this.#lastHandle;
    this.#handles.set(handle, { runnerHandle: value.handle, epoch, step, ...inside });
    trim(this.#handles, maxHandles);
    return { text: value.text, handle };
  }
}

function withoutHandles(frame: Frame): Frame {
  return { ...frame, locals: frame.locals.map(({ name, value }) => ({ name, value: { text: value.text } })) };
}

/** Maps remember the order of insertion, so the first key is the oldest. */
function trim(map: Map<number, unknown>, most: number): void {
  for (const key of map.keys()) {
    if (map.size <= most) return;
    map.delete(key);
  }
}
