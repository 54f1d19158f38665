/** The calls of async functions whose code was made a generator, at run time. Only an observed program has them. */
import type { YieldPoint } from "../../../../core/trace/trace";
import { apply, create, resume, TheProxy } from "../../engine/intrinsics";
import type { GeneratorSource } from "../instrument";
import { lastPoint } from "../pointMarks";
import { followPromises, isOf, takeMade } from "./awaitedPromises";

/** A method of generators. */
type Method = (this: unknown, value?: unknown) => IteratorResult<unknown>;

const { next, throw: throwInto, return: close } = resume as Readonly<Record<keyof typeof resume, Method>>;

/** Is told of async functions that go on. */
export interface AsyncWatcher {
  /** Whether a slice runs, which everything belongs to that it calls. */
  readonly isInside: boolean;
  /** Resumes the generator of a call. */
  goOn(run: AsyncRun): IteratorResult<unknown>;
}

let watcher: AsyncWatcher | undefined;

/** From now on, everything outside of slices that async functions do is told. */
export function watchAsync(by: AsyncWatcher): void {
  watcher = by;
}

/** One call of an async function. Stacks show neither its methods that run code of the program, nor the function that calls them. */
export class AsyncRun {
  /** What it awaits or, in the end, has returned. */
  value: unknown = undefined;
  /** The number of the `await` at which it is suspended; 0 if it is unknown. */
  point = 0;
  /** Whether a call makes it go on, and not the queue of microtasks. */
  isCalled = true;
  hasBegun = false;
  method = next;
  /** What its generator is resumed with. */
  argument: unknown = undefined;

  /** Whether it is known how it goes on. If not, the async generator that it is the code of is being closed. */
  #isAnswered = true;

  /** The promise that it gives, until it is suspended; undefined if that is not known. */
  #promise: object | undefined;

  /** @param source the function */
  constructor(
    readonly generator: object,
    readonly source: YieldPoint,
    promise: object | undefined,
  ) {
    this.#promise = promise;
  }

  /** Runs it up to the next `await`. @returns whether there is one */
  goesOn(): boolean {
    const told = watcher?.isInside ? undefined : watcher;
    const { done, value } = told ? told.goOn(this) : apply(this.method, this.generator, [this.argument]);
    this.hasBegun = true;
    this.isCalled = false;
    this.#isAnswered = false;
    this.value = value;
    this.point = lastPoint();
    if (this.#promise && !done) {
      isOf(this.#promise, this);
      this.#promise = undefined;
    }
    return !done;
  }

  fulfilled(value: unknown): void {
    this.#answer(next, value);
  }

  rejected(reason: unknown): void {
    this.#answer(throwInto, reason);
  }

  /** An async generator is resumed. */
  given(value: unknown): void {
    this.isCalled = true;
    this.fulfilled(value);
  }

  /** Whether an async generator is closed where it has yielded. Then it goes on with what is left to do. */
  isClosed(): boolean {
    if (this.#isAnswered) return false;
    this.isCalled = true;
    this.#answer(close, undefined);
    return true;
  }

  #answer(method: Method, argument: unknown): void {
    this.#isAnswered = true;
    this.method = method;
    this.argument = argument;
  }
}

/** Begins a call. An arrow function gives its parameters before the first optional one, and all others. */
type Drive = (number: number, fn: () => object, on: unknown, given: ArrayLike<unknown>, rest?: ArrayLike<unknown>) => AsyncRun;

/** @param functions those of the file, by number */
export function driveIn(file: string, functions: readonly GeneratorSource[]): Drive {
  const sources = functions.map(({ name, line, column }): YieldPoint => ({ file, line, column, function: name }));
  // Stacks are known to have a frame of ours by the name of this method, which no build changes.
  const named: { drive: Drive } = {
    drive(number, fn, on, given, rest) {
      // Parameters may have initial values, which make others.
      const promise = functions[number]?.isAsyncGenerator ? undefined : takeMade();
      return new AsyncRun(apply(fn, on, rest ? joined(given, rest) : given), sources[number] as YieldPoint, promise);
    },
  };
  if (functions.some(({ isAsync }) => isAsync)) followPromises();
  return named.drive;
}

/** Without a prototype, it cannot be influenced by what the program does to arrays. */
function joined(first: ArrayLike<unknown>, second: ArrayLike<unknown>): ArrayLike<unknown> {
  const all = create(null) as { length: number; [index: number]: unknown };
  all.length = first.length + second.length;
  for (let at = 0; at < all.length; at += 1) all[at] = at < first.length ? first[at] : second[at - first.length];
  return all;
}

/** A prototype for an object whose methods are to have the `super` of another one. */
export function superOf(
  read: (key: string | symbol) => unknown,
  write: (key: string | symbol, value: unknown) => unknown,
): object {
  // Without a prototype, it has no other traps.
  const traps = {
    __proto__: null,
    get: (_: object, key: string | symbol) => read(key),
    set(_: object, key: string | symbol, value: unknown) {
      write(key, value);
      return true;
    },
  };
  return new TheProxy(create(null) as object, traps);
}
