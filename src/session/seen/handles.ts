/**
 * Handles for expanding captured values. They are the session's own, and stay valid when the runner's handles are no longer
 * valid.
 */
import type { Answer, Frame, Property, Value } from "../../protocol/runner";
import type { Expansion } from "./seenRecord";

/** Where values were captured. */
export interface Origin {
  readonly step: number;
  /** The runner's handles are valid while this is the current epoch. */
  readonly epoch: number;
  /** The handles that were assigned to these values. */
  readonly handles: Set<number>;
}

interface Handle {
  readonly runnerHandle: number;
  readonly origin: Origin;
  /** The first children, if the value was expanded. */
  readonly children?: Expansion | undefined;
}

export class Handles {
  readonly #all = new Map<number, Handle>();
  #last = 0;
  #characters = 0;

  get size(): number {
    return this.#all.size;
  }

  /** The length of all known children: of long texts, each piece is one. */
  get characters(): number {
    return this.#characters;
  }

  get(handle: number): Handle | undefined {
    return this.#all.get(handle);
  }

  /** The children of values, level by level, as far as they were expanded. */
  *childrenOf(values: readonly Value[]): Iterable<[number, Expansion]> {
    for (const { handle } of values) {
      const children = handle === undefined ? undefined : this.#all.get(handle)?.children;
      if (handle === undefined || !children) continue;
      yield [handle, children];
      yield* this.childrenOf(children.properties.map((property) => property.value));
    }
  }

  /**
   * Replaces the runner's handles in the children of a value by handles of the session.
   *
   * @param children the known children of values, by the runner's handles
   */
  among({ properties, total }: Expansion, origin: Origin, children: Map<number, Expansion>): Expansion {
    return { properties: this.#ofAll(properties, origin, children), total };
  }

  /** Replaces the handles in all that was captured of a task. */
  inside(
    { frames, value, resumedBy, got }: Answer<"inspect">,
    origin: Origin,
    children: Map<number, Expansion>,
  ): Answer<"inspect"> {
    const handled = (frame: Frame) => ({ ...frame, locals: this.#ofAll(frame.locals, origin, children) });
    return {
      frames: frames.map(handled),
      ...(value ? { value: this.of(value, origin, children) } : {}),
      ...(resumedBy ? { resumedBy: resumedBy.map(handled) } : {}),
      ...(got === undefined ? {} : { got }),
    };
  }

  /** Replaces the handle of one value. */
  of(value: Value, origin: Origin, children: Map<number, Expansion>): Value {
    if (value.handle === undefined) return value;
    const found = children.get(value.handle);
    children.delete(value.handle); // a damaged file could claim that a value contains itself
    const inside = found && { children: this.among(found, origin, children) };
    this.#last += 1;
    const handle = this.#last;
    this.#set(handle, { runnerHandle: value.handle, origin, ...inside });
    origin.handles.add(handle);
    return { text: value.text, handle };
  }

  /** Keeps the first children of a value. */
  opened(handle: number, children: Expansion): void {
    const known = this.#all.get(handle);
    if (known) this.#set(handle, { ...known, children });
  }

  /** Removes the handles of the values of a step. */
  forget({ handles }: Origin): void {
    for (const handle of handles) this.#delete(handle);
  }

  /** Removes the oldest handles until at most this number are left. */
  forgetOldest(most: number): void {
    for (const oldest of this.#all.keys()) {
      if (this.#all.size <= most) return;
      this.#delete(oldest);
    }
  }

  #ofAll(properties: readonly Property[], origin: Origin, children: Map<number, Expansion>): Property[] {
    return properties.map(({ name, value }) => ({ name, value: this.of(value, origin, children) }));
  }

  #set(handle: number, entry: Handle): void {
    this.#delete(handle);
    this.#all.set(handle, entry);
    this.#characters += charactersOf(entry);
  }

  #delete(handle: number): void {
    this.#characters -= charactersOf(this.#all.get(handle));
    this.#all.delete(handle);
  }
}

function charactersOf(handle: Handle | undefined): number {
  return (handle?.children?.properties ?? []).reduce((sum, { value }) => sum + value.text.length, 0);
}
