/**
 * Yield points at run time: the transformed source calls `mark` and `delegate` with the number of the point, so that after a
 * slice the runner knows where its task is suspended.
 */
import { AsyncLocalStorage } from "node:async_hooks";
import type { YieldPoint } from "../../../core/trace/trace";
import { apply, iteratesItself, weakMap } from "../engine/intrinsics";

/** The names by which transformed source refers to functions of this module. They are unlikely to occur in user code. */
export const names = {
  mark: "yieldpoint$mark",
  asyncMark: "yieldpoint$asyncMark",
  delegate: "yieldpoint$delegate",
  begin: "yieldpoint$begin",
  call: "yieldpoint$call",
  drive: "yieldpoint$drive",
  superOf: "yieldpoint$superOf",
  run: "yieldpoint$run",
  forAwait: "yieldpoint$forAwait",
  /** The beginning of the names of the loops that `for await` becomes. */
  loop: "yieldpoint$loop",
  /** The beginning of the names of parameters that an async function has in place of its own. */
  parameter: "yieldpoint$parameter",
  combined: "yieldpoint$combined",
  sleeping: "yieldpoint$sleeping",
  slept: "yieldpoint$slept",
  thrown: "yieldpoint$thrown",
  generatorAwait: "yieldpoint$generatorAwait",
  functionAwait: "yieldpoint$functionAwait",
  moduleAwait: "yieldpoint$moduleAwait",
  inner: "yieldpoint$inner",
  scope: "yieldpoint$scope",
  value: "yieldpoint$value",
  /** The beginning of a directive. The number of the function follows. */
  function: "yieldpoint$function",
} as const;

/** Points have 16-bit numbers in a chunk. Yield points beyond the maximum cannot be distinguished. */
const mostPoints = 65_535;

let last = 0;

/** The last yield point that the slice passed; 0 if it has passed none. */
export function lastPoint(): number {
  return last;
}

/** Must be called at the beginning of a slice. */
export function forgetPoint(): void {
  last = 0;
}

/** `yield v` is transformed to `yield mark(point, v)`. The value is evaluated first, and then the point is recorded. */
export function mark(point: number, value: unknown): unknown {
  last = point;
  return value;
}

/** Code that belongs to an async task, and the last point that it passed; 0 if it has passed none. */
export interface CodeOfTask {
  readonly task: number;
  point: number;
}

/** The task that running code belongs to. Code after an `await` may run outside of its task's slices. */
export const codeOfTask = new AsyncLocalStorage<CodeOfTask>();

/** The same for `yield v` and `yield* v` in an async generator. */
export function asyncMark(point: number, value: unknown): unknown {
  const code = codeOfTask.getStore();
  if (code) code.point = point;
  return value;
}

/** Where each error was first thrown, in case it is rethrown further out. */
const throwOf = weakMap<YieldPoint>();

/** The last thrown value that is not an object, and where it was thrown. */
let lastThrown: { readonly value: unknown; readonly at: YieldPoint } | undefined;

/** `throw v` is transformed to `throw thrown(place, v)`. @param at the locations by number */
export function thrownAt(at: readonly YieldPoint[]): (place: number, value: unknown) => unknown {
  return (place, value) => {
    const point = at[place] as YieldPoint;
    if ((typeof value !== "object" && typeof value !== "function") || value === null) lastThrown = { value, at: point };
    else if (!throwOf.has(value)) throwOf.set(value, point);
    return value;
  };
}

/** Must be called before running code whose throw is reported, since an equal text or number may have been thrown earlier. */
export function forgetThrow(): void {
  lastThrown = undefined;
}

/** Gives an error that the runner throws into a task the place where the task is suspended, unless the error has a place already. */
export function placeThrow(value: unknown, at: YieldPoint): void {
  thrownAt([at])(0, value);
}

/** The `throw` statement in the user's source that threw a value; undefined if none did. */
export function throwPlace(value: unknown): YieldPoint | undefined {
  if ((typeof value === "object" || typeof value === "function") && value !== null) return throwOf.get(value);
  return lastThrown && Object.is(lastThrown.value, value) ? lastThrown.at : undefined;
}

/** A wrapper for an iterator that a `yield*` delegates to, if it is not a generator. */
export class Delegation {
  constructor(readonly iterator: unknown) {}

  [Symbol.iterator](): unknown {
    return this.iterator;
  }
}

/**
 * `yield* x` is transformed to `yield* inner = delegate(point, x)`, so that the inner iterator can be found among the
 * generator's locals. The iterator is requested only once, as in the original code. If `x` is not iterable, `yield*` reports that.
 */
export function delegate(point: number, iterable: unknown): unknown {
  last = point;
  if (iterable === undefined || iterable === null) return iterable;
  const method = (iterable as Record<symbol, unknown>)[Symbol.iterator];
  if (method === iteratesItself || typeof method !== "function") return iterable;
  return new Delegation(apply(method as () => unknown, iterable, []));
}

/** All yield points of transformed source, and locations of throws, numbered from 1 in the order in which they are found. */
export class PointTable {
  readonly #points: YieldPoint[] = [];
  readonly #delegations: YieldPoint[] = [];
  #announced = 0;

  /** Adds a point. @returns its number */
  add(point: YieldPoint, kind: "yield" | "delegation"): number {
    if (kind === "delegation") this.#delegations.push(point);
    return this.#points.length < mostPoints ? this.#points.push(point) : 0;
  }

  /** Whether the points of a few more files have numbers. What code does may depend on them. */
  get hasRoom(): boolean {
    return this.#points.length < mostPoints / 2;
  }

  /** The positions of all `yield*`, including those without a number. */
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
