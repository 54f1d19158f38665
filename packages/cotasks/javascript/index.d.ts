/**
 * Requests: what a generator yields in order to wait. Yieldpoint serves them when it runs the generator as a task; the `yield` then
 * gives what the request came to, or throws.
 *
 * In TypeScript a `yield` has the type that the generator says it is given. `Task<R>` is a generator whose yields give anything:
 *
 * ```ts
 * function* worker(): Task<number> {
 *   using held = yield lock.acquire();
 *   const job: Job | Closed = yield jobs.take();
 * ```
 */

declare global {
  interface SymbolConstructor {
    /** Older versions of TypeScript do not know it. */
    readonly dispose: unique symbol;
  }
}

declare const gives: unique symbol;

/** A request that comes to a T. It serves once: make a new one for each `yield`. */
export interface Request<T = unknown> {
  /** Not there at run time: the type of what the request comes to. */
  readonly [gives]?: T;
}

/** A request that waits, and so may be a part of `any` and `all`. */
export interface Wait<T = unknown> extends Request<T> {
  readonly parts?: readonly unknown[];
}

/** A generator that can be run as a task, and returns an R. */
export type Task<R = unknown> = Generator<unknown, R, Anything>;

// biome-ignore lint/suspicious/noExplicitAny: what a yield gives depends on what is yielded.
type Anything = any;

/** What `take` gives once a channel is closed and empty. */
export declare const closed: unique symbol;
export type Closed = typeof closed;

/** A lock or a permit that a task holds; `using` gives it back at the end of the block. */
export interface Held {
  release(): void;
  [Symbol.dispose](): void;
}

/** What a mutex and a semaphore have in common. */
export interface Lock {
  /** Waits until the lock, or a permit, is free, and takes it. Who asks first is served first. */
  acquire(): Wait<Held>;
  /** Holds it while the body runs, and gives it back when that returns, throws or is closed: `yield* lock.hold(function* () { … })`. */
  hold<R>(body: () => Task<R>): Task<R>;
}

/** A lock that one task can hold. */
export interface Mutex extends Lock {
  /**
   * Gives the lock to the first task that waits for it.
   *
   * @throws RequestError when the running task does not hold it
   */
  release(): void;
}

/** A number of permits. */
export interface Semaphore extends Lock {
  /** Gives a permit to the first task that waits for one. There may be more permits in the end than in the beginning. */
  release(): void;
}

/** Values on their way from task to task, in order. */
export interface Channel<T> {
  /** Waits until there is a place for the value, or a task that takes it. On a closed channel the `yield` throws a ClosedError. */
  put(value: T): Wait<void>;
  /** Waits for a value. */
  take(): Wait<T | Closed>;
  /** Nothing can be put any more. Tasks that wait to put get a ClosedError, and tasks that take get `closed` once the channel is empty. */
  close(): void;
}

/** A flag that tasks wait for. */
export interface Event {
  /** Waits until the flag is set. */
  wait(): Wait<void>;
  /** Sets the flag, and wakes all tasks that wait for it. */
  set(): void;
  clear(): void;
}

/** A task that was spawned. */
export interface TaskHandle<R = unknown> {
  readonly name: string;
  /** Not there at run time: the type of what the task returns. */
  readonly [gives]?: R;
}

/** A request that made no sense, thrown in the task that made it. */
export declare class RequestError extends Error {}

/** A value was put into a closed channel. */
export declare class ClosedError extends Error {}

/** @param name shown instead of `mutex 1` */
export declare function mutex(name?: string): Mutex;

/** @param permits how many tasks can hold one at a time */
export declare function semaphore(permits: number, name?: string): Semaphore;

/** @param capacity how many values have a place: with 0 a `put` waits for its `take`; without it there is no limit */
export declare function channel<T = unknown>(capacity?: number, name?: string): Channel<T>;

export declare function event(name?: string): Event;

/** Waits for so many milliseconds. */
export declare function sleep(millis: number): Wait<void>;

/** Makes a task of a generator. The `yield` gives a handle of it at once. */
export declare function spawn<R>(generator: Task<R> | AsyncGenerator<unknown, R, Anything>): Request<TaskHandle<R>>;

/** Waits until a task is over. The `yield` gives what it returned, or throws what it threw. */
export declare function join<R>(task: TaskHandle<R>): Wait<R>;

/** Lets a task run next, if it is ready. */
export declare function handOver(task: TaskHandle): Request<void>;

/** What one part comes to. */
type Given<P> = P extends Request<infer T> ? T : Awaited<P>;
type Parts = readonly (Wait | PromiseLike<unknown>)[];

/**
 * Waits for one of several. The `yield` gives the position and what that part came to; the others are withdrawn, and take nothing.
 * If several can be served at once, the first in the list is.
 */
export declare function any<P extends Parts>(...parts: P): Wait<{ [I in keyof P]: [number, Given<P[I]>] }[number]>;
export declare function any<P extends Parts>(parts: P): Wait<{ [I in keyof P]: [number, Given<P[I]>] }[number]>;

/** Waits for all of several. The `yield` gives what they came to, in order. When one fails, everything is given back. */
export declare function all<P extends Parts>(...parts: P): Wait<{ -readonly [I in keyof P]: Given<P[I]> }>;
export declare function all<P extends Parts>(parts: P): Wait<{ -readonly [I in keyof P]: Given<P[I]> }>;

/** The time in milliseconds since the run began, real or virtual. */
export declare function now(): number;
