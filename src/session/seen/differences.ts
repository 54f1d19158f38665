/**
 * What a step changed. Changes are marked at every depth that is known both after the step and after the same task's previous step.
 */
import { differInside, type Inside, type Level, type Pair, pairs } from "../../core/analysis/difference";
import type { Frame, Property, Value } from "../../protocol/runner";
import type { Change, MarkedFrame, MarkedProperty, MarkedValue } from "../../protocol/stepDetail";
import type { Expansion } from "./seenRecord";

/** The maximum number of values whose previous value is kept. The oldest are dropped first. */
const maxPaired = 20_000;

/** The previous value in the same place. */
interface Earlier {
  readonly handle: number;
  /** The preview of the new value. */
  readonly text: string;
}

type Marks = { readonly change?: Change; readonly was?: string };

export class Differences {
  /** Previous values by the handle of the new value. A value is added when its parent is compared. */
  readonly #earlier = new Map<number, Earlier>();

  /** @param inside returns the captured children of a value */
  constructor(readonly inside: Inside) {}

  /** Compares stacks. Frames are compared if they have the same position in the stack and the same function. */
  frames(before: readonly Frame[], now: readonly Frame[]): MarkedFrame[] {
    return now.map((frame, index) => {
      const earlier = before[index];
      if (earlier?.function !== frame.function) return frame;
      return { ...frame, locals: this.#properties(whole(earlier.locals), whole(frame.locals), "") };
    });
  }

  /** Compares a value with the previous one in the same place. */
  value(before: Value, now: Value): MarkedValue {
    return { ...now, ...this.#marks(before, now) };
  }

  /**
   * The first children of a value, including those that were removed.
   *
   * @param handle the value's handle; its previous value is known if its parent was compared
   */
  expansion(handle: number, now: Expansion): { properties: MarkedProperty[]; total: number } {
    const earlier = this.#earlier.get(handle);
    const before = earlier && this.inside(earlier.handle);
    return before ? { ...now, properties: this.#properties(before, now, earlier.text) } : now;
  }

  #properties(before: Level<Property>, now: Level<Property>, text: string): MarkedProperty[] {
    return pairs(before, now, text).map((pair) => this.#property(pair));
  }

  #property(pair: Pair<Property>): MarkedProperty {
    switch (pair.kind) {
      case "kept":
        return { ...pair.now, ...this.#marks(pair.before.value, pair.now.value) };
      case "added":
        return { ...pair.now, change: "added" };
      case "removed":
        return { name: pair.before.name, value: { text: pair.before.value.text }, change: "removed" };
      case "unknown":
        return pair.now;
    }
  }

  #marks(before: Value, now: Value): Marks {
    if (before.handle !== undefined && now.handle !== undefined)
      this.#keep(now.handle, { handle: before.handle, text: now.text });
    if (before.text !== now.text) return { change: "changed", was: before.text };
    return differInside(before, now, this.inside) ? { change: "inside" } : {};
  }

  #keep(handle: number, earlier: Earlier): void {
    this.#earlier.set(handle, earlier);
    for (const oldest of this.#earlier.keys()) {
      if (this.#earlier.size <= maxPaired) return;
      this.#earlier.delete(oldest);
    }
  }
}

function whole(properties: readonly Property[]): Level<Property> {
  return { properties, total: properties.length };
}
