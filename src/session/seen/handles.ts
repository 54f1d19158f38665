/**
 * The numbers by which captured values are expanded. They are the session's own, and stay valid when the runner's no longer
 * are.
 */
import type { Property, Value } from "../../protocol/runner";
import type { Expansion } from "./seenRecord";

/** Where values come from. */
export interface Origin {
  readonly step: number;
  /** The runner's own handles are valid while this is the current epoch. */
  readonly epoch: number;
  /** The handles given out for these values. */
  readonly handles: Set<number>;
}

interface Handle {
  readonly runnerHandle: number;
  readonly origin: Origin;
  /** The first children, if the value was expanded. */
  children?: Expansion;
}

export class Handles {
  readonly #all = new Map<number, Handle>();
  #last = 0;

  get size(): number {
    return this.#all.size;
  }

  get(handle: number): Handle | undefined {
    return this.#all.get(handle);
  }

  /** Level by level, as far as it was expanded. */
  *childrenOf(values: readonly Value[]): Iterable<[number, Expansion]> {
    for (const { handle } of values) {
      const children = handle === undefined ? undefined : this.#all.get(handle)?.children;
      if (handle === undefined || !children) continue;
      yield [handle, children];
      yield* this.childrenOf(children.properties.map((property) => property.value));
    }
  }

  /**
   * Gives the values in what a runner said handles of the session's own.
   *
   * @param children what is known of the inside of values, by the runner's handles
   */
  inside({ properties, total }: Expansion, origin: Origin, children: Map<number, Expansion>): Expansion {
    return { properties: this.among(properties, origin, children), total };
  }

  /** The same among the locals of a frame. */
  among(properties: readonly Property[], origin: Origin, children: Map<number, Expansion>): Property[] {
    return properties.map(({ name, value }) => ({ name, value: this.of(value, origin, children) }));
  }

  /** The same of one value. */
  of(value: Value, origin: Origin, children: Map<number, Expansion>): Value {
    if (value.handle === undefined) return value;
    const found = children.get(value.handle);
    children.delete(value.handle); // a file could say that a value is inside of itself
    const inside = found && { children: this.inside(found, origin, children) };
    this.#last += 1;
    const handle = this.#last;
    this.#all.set(handle, { runnerHandle: value.handle, origin, ...inside });
    origin.handles.add(handle);
    return { text: value.text, handle };
  }

  /** Forgets the handles given out for the values of a step. */
  forget({ handles }: Origin): void {
    for (const handle of handles) this.#all.delete(handle);
  }

  /** Forgets the oldest, down to this number. */
  forgetOldest(most: number): void {
    for (const oldest of this.#all.keys()) {
      if (this.#all.size <= most) return;
      this.#all.delete(oldest);
    }
  }
}
