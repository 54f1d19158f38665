/**
 * The methods of arrays that call back, for callbacks that can be switched. The native ones would run such a callback to its end.
 */
import { getOwnPropertyDescriptor, getPrototypeOf, isProxy } from "../../engine/intrinsics";

type Callback = (this: unknown, ...given: unknown[]) => unknown;
type Steps = Generator<unknown, unknown, unknown>;
type List = Record<number, unknown> & { readonly length: number };

const { isArray } = Array;
const arrayPrototype = Array.prototype;

/** How callbacks are called. */
export interface Calling {
  /** Begins a call. @returns its generator; undefined if it has none, and has ended */
  begin(fn: Callback, on: unknown, args: readonly unknown[]): object | undefined;
  /** The result of a call that has ended. */
  taken(): unknown;
}

/** What a thread delegates to while a method of an array runs. */
export class Callbacks {
  /** The generator of the callback that runs. */
  inner: object | undefined;
  readonly #steps: Steps;

  constructor(
    readonly calling: Calling,
    make: (run: Callbacks) => Steps,
  ) {
    this.#steps = make(this);
  }

  [Symbol.iterator](): Steps {
    return this.#steps;
  }

  /** Calls back for one element. */
  *call(fn: Callback, on: unknown, ...args: unknown[]): Steps {
    const generator = this.calling.begin(fn, on, args);
    if (!generator) return this.calling.taken();
    this.inner = generator;
    try {
      return yield* generator as Steps;
    } finally {
      this.inner = undefined;
    }
  }
}

/** The steps of a native method that calls back; undefined for any other, and where the array is of another kind. */
export function withCallbacks(method: object, on: unknown, args: readonly unknown[], calling: Calling): Callbacks | undefined {
  const make = methods.get(method);
  if (!make || !isPlainArray(on)) return undefined;
  return new Callbacks(calling, (run) => make(run, on, args[0] as Callback, args));
}

function isPlainArray(value: unknown): value is List & unknown[] {
  return (
    isArray(value) &&
    !isProxy(value) &&
    getPrototypeOf(value) === arrayPrototype &&
    !getOwnPropertyDescriptor(value, "constructor")
  );
}

type Method = (run: Callbacks, list: List, fn: Callback, args: readonly unknown[]) => Steps;

/** Calls back for the elements that are there, until one is the last. @param isLast with the result of a callback */
function* each(
  run: Callbacks,
  list: List,
  fn: Callback,
  on: unknown,
  isLast: (result: unknown, at: number, element: unknown) => boolean,
): Steps {
  const { length } = list;
  for (let at = 0; at < length; at += 1) {
    if (!(at in list)) continue;
    const element = list[at];
    if (isLast(yield* run.call(fn, on, element, at, list), at, element)) return undefined;
  }
  return undefined;
}

function* search(
  run: Callbacks,
  list: List,
  fn: Callback,
  on: unknown,
  from: number,
  by: number,
): Generator<unknown, [number, unknown], unknown> {
  const { length } = list;
  for (let at = from < 0 ? length - 1 : 0; at >= 0 && at < length; at += by) {
    const element = list[at];
    if (yield* run.call(fn, on, element, at, list)) return [at, element];
  }
  return [-1, undefined];
}

function* folded(run: Callbacks, list: List, fn: Callback, args: readonly unknown[], by: number): Steps {
  const { length } = list;
  let at = by > 0 ? 0 : length - 1;
  let hasValue = args.length > 1;
  let value = args[1];
  for (; at >= 0 && at < length; at += by) {
    if (!(at in list)) continue;
    value = hasValue ? yield* run.call(fn, undefined, value, list[at], at, list) : list[at];
    hasValue = true;
  }
  if (!hasValue) throw new TypeError("Reduce of empty array with no initial value");
  return value;
}

const methods = new Map<object, Method>([
  [
    arrayPrototype.forEach,
    function* (run, list, fn, [, on]) {
      yield* each(run, list, fn, on, () => false);
      return undefined;
    },
  ],
  [
    arrayPrototype.map,
    function* (run, list, fn, [, on]) {
      const made: unknown[] = new Array(list.length);
      yield* each(run, list, fn, on, (result, at) => {
        made[at] = result;
        return false;
      });
      return made;
    },
  ],
  [
    arrayPrototype.filter,
    function* (run, list, fn, [, on]) {
      const made: unknown[] = [];
      yield* each(run, list, fn, on, (result, _, element) => {
        if (result) made[made.length] = element;
        return false;
      });
      return made;
    },
  ],
  [
    arrayPrototype.some,
    function* (run, list, fn, [, on]) {
      let found = false;
      yield* each(run, list, fn, on, (result) => {
        found = Boolean(result);
        return found;
      });
      return found;
    },
  ],
  [
    arrayPrototype.every,
    function* (run, list, fn, [, on]) {
      let isEvery = true;
      yield* each(run, list, fn, on, (result) => {
        isEvery = Boolean(result);
        return !isEvery;
      });
      return isEvery;
    },
  ],
  [
    arrayPrototype.find,
    function* (run, list, fn, [, on]) {
      return (yield* search(run, list, fn, on, 0, 1))[1];
    },
  ],
  [
    arrayPrototype.findIndex,
    function* (run, list, fn, [, on]) {
      return (yield* search(run, list, fn, on, 0, 1))[0];
    },
  ],
  [
    arrayPrototype.findLast,
    function* (run, list, fn, [, on]) {
      return (yield* search(run, list, fn, on, -1, -1))[1];
    },
  ],
  [
    arrayPrototype.findLastIndex,
    function* (run, list, fn, [, on]) {
      return (yield* search(run, list, fn, on, -1, -1))[0];
    },
  ],
  [arrayPrototype.reduce, (run, list, fn, args) => folded(run, list, fn, args, 1)],
  [arrayPrototype.reduceRight, (run, list, fn, args) => folded(run, list, fn, args, -1)],
]);
