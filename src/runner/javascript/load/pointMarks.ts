/**
 * Yield points at run time: the transformed source calls `mark` and `delegate` with the number of the point, so that after a
 * slice the runner knows where its task is suspended.
 */
import type { YieldPoint } from "../../../core/trace/trace";
import { isError } from "../engine/errors";
import { apply, iteratesItself, weakMap, whenRejected } from "../engine/intrinsics";

/** The names under which transformed source knows the functions here; no user writes such names. */
export const names = {
  mark: "yieldpoint$mark",
  delegate: "yieldpoint$delegate",
  thrown: "yieldpoint$thrown",
  awaited: "yieldpoint$awaited",
  inner: "yieldpoint$inner",
  scope: "yieldpoint$scope",
  value: "yieldpoint$value",
  /** Begins a directive; the number of the function follows. */
  function: "yieldpoint$function",
} as const;

/** Points are 16-bit numbers in a chunk; the yield points beyond that are not told apart. */
const mostPoints = 65_535;

let last = 0;

/** The point that the slice passed last; 0 when it passed none. */
export function lastPoint(): number {
  return last;
}

/** Begins a slice. */
export function forgetPoint(): void {
  last = 0;
}

/** `yield v` is transformed to `yield mark(point, v)`: the argument is evaluated first, then the point is passed. */
export function mark(point: number, value: unknown): unknown {
  last = point;
  return value;
}

/** Where each error was thrown the first time: it may be thrown again, further out. */
const throwOf = weakMap<YieldPoint>();

/** The last thrown value that is not an object, and where. */
let lastThrown: { readonly value: unknown; readonly at: YieldPoint } | undefined;

/** `throw v` is transformed to `throw thrown(place, v)`. @param at the places by their numbers */
export function thrownAt(at: readonly YieldPoint[]): (place: number, value: unknown) => unknown {
  return (place, value) => {
    const point = at[place] as YieldPoint;
    if ((typeof value !== "object" && typeof value !== "function") || value === null) lastThrown = { value, at: point };
    else if (!throwOf.has(value)) throwOf.set(value, point);
    return value;
  };
}

/** `await v` of a module is transformed to `await awaited(place, v)`: what rejects without an error has no other place. */
export function awaitedAt(at: readonly YieldPoint[]): (place: number, value: unknown) => unknown {
  const thrown = thrownAt(at);
  return (place, value) => {
    whenRejected(value, (reason) => {
      if (!isError(reason) && !throwPlace(reason)) thrown(place, reason);
    });
    return value;
  };
}

/** Before something is run whose throw is reported: what was thrown earlier may be the same text or number. */
export function forgetThrow(): void {
  lastThrown = undefined;
}

/** What the runner throws in a task counts as thrown where the task is suspended, unless it was thrown before. */
export function placeThrow(value: unknown, at: YieldPoint): void {
  thrownAt([at])(0, value);
}

/** The `throw` of the user's source that threw a value; undefined where that was no statement of the user's. */
export function throwPlace(value: unknown): YieldPoint | undefined {
  if ((typeof value === "object" || typeof value === "function") && value !== null) return throwOf.get(value);
  return lastThrown && Object.is(lastThrown.value, value) ? lastThrown.at : undefined;
}

/** Stands for the iterator that a `yield*` delegates to, if that is not a generator. */
export class Delegation {
  constructor(readonly iterator: unknown) {}

  [Symbol.iterator](): unknown {
    return this.iterator;
  }
}

/**
 * `yield* x` is transformed to `yield* inner = delegate(point, x)`, so that the inner iterator can be found in the
 * generator's locals. The iterator is asked for once, as without us; what is not iterable is left to `yield*` itself.
 */
export function delegate(point: number, iterable: unknown): unknown {
  last = point;
  if (iterable === undefined || iterable === null) return iterable;
  const method = (iterable as Record<symbol, unknown>)[Symbol.iterator];
  if (method === iteratesItself || typeof method !== "function") return iterable;
  return new Delegation(apply(method as () => unknown, iterable, []));
}

/** The yield points of all transformed source, and places where something was thrown, numbered from 1 as they are found. */
export class PointTable {
  readonly #points: YieldPoint[] = [];
  readonly #delegations: YieldPoint[] = [];
  #announced = 0;

  /** The number of a new point. */
  add(point: YieldPoint, kind: "yield" | "delegation"): number {
    if (kind === "delegation") this.#delegations.push(point);
    return this.#points.length < mostPoints ? this.#points.push(point) : 0;
  }

  /** Where generators delegate to others with `yield*`, those without a number too. */
  get delegations(): readonly YieldPoint[] {
    return this.#delegations;
  }

  /** The number of the last point. */
  get count(): number {
    return this.#points.length;
  }

  get(number: number): YieldPoint | undefined {
    return this.#points[number - 1];
  }

  /** The points that were added since the last call. */
  takeNew(): YieldPoint[] {
    const fresh = this.#points.slice(this.#announced);
    this.#announced = this.#points.length;
    return fresh;
  }
}
