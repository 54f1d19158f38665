/**
 * Requests: what a generator yields in order to wait. Yieldpoint serves them when it runs the generator as a task. The `yield` then
 * evaluates to the result of the request, or throws.
 *
 * In TypeScript the type of a `yield` is the generator's `TNext`. In a `Task<R>` that is `any`, so results can be assigned to any type:
 *
 * ```ts
 * function* worker(): Task<number> {
 *   using held = yield lock.acquire();
 *   const job: Job | Closed = yield jobs.take();
 * ```
 */

declare global {
  interface SymbolConstructor {
    /** Declared here for versions of TypeScript that do not have it. */
    readonly dispose: unique symbol;
  }
}

declare const gives: unique symbol;

/** A request with a result of type T. It can be yielded once: make a new one for each `yield`. */
export interface Request<T = unknown> {
  /** The type of the result. Does not exist at run time. */
  readonly [gives]?: T;
}

/** A request that waits. Only such requests can be parts of `any` and `all`. */
export interface Wait<T = unknown> extends Request<T> {
  readonly parts?: readonly unknown[];
}

/** A generator that can be run as a task, and returns an R. */
export type Task<R = unknown> = Generator<unknown, R, Anything>;

// biome-ignore lint/suspicious/noExplicitAny: what a yield gives depends on what is yielded.
type Anything = any;

/** The result of `take` once a channel is closed and empty. */
export declare const closed: unique symbol;
export type Closed = typeof closed;

/** A lock or a permit that a task holds. `using` releases it at the end of the block. */
export interface Held {
  release(): void;
  [Symbol.dispose](): void;
}

/** What a mutex and a semaphore have in common. */
export interface Lock {
  /** Waits until the lock or a permit is free, and acquires it. First come, first served. */
  acquire(): Wait<Held>;
  /** Holds it while the body runs, and releases it when that returns, throws or is closed: `yield* lock.hold(function* () { … })`. */
  hold<R>(body: () => Task<R>): Task<R>;
}

/** A lock that one task can hold. */
export interface Mutex extends Lock {
  /**
   * Releases the lock, and hands it to the first waiting task.
   *
   * @throws RequestError if the running task does not hold the lock
   */
  release(): void;
}

/** A number of permits. */
export interface Semaphore extends Lock {
  /** Releases a permit, and hands it to the first waiting task. Any task can release one, so there can be more than at the start. */
  release(): void;
}

/** A queue of values from task to task. */
export interface Channel<T> {
  /** Waits until there is capacity for the value, or a task that takes it. If the channel is closed, the `yield` throws a ClosedError. */
  put(value: T): Wait<void>;
  /** Waits for a value. */
  take(): Wait<T | Closed>;
  /** Closes the channel. Tasks that wait to put get a ClosedError; tasks that take get `closed` once the channel is empty. */
  close(): void;
}

/** A flag that tasks wait for. */
export interface Event {
  /** Waits until the flag is set. */
  wait(): Wait<void>;
  /** Sets the flag and wakes all tasks that wait for it. */
  set(): void;
  clear(): void;
}

/** A task that was spawned. */
export interface TaskHandle<R = unknown> {
  readonly name: string;
  /** The type of the task's return value. Does not exist at run time. */
  readonly [gives]?: R;
}

/** The error of an invalid request, thrown in the task that made it. */
export declare class RequestError extends Error {}

/** The error of putting a value into a closed channel. */
export declare class ClosedError extends Error {}

/** Creates a mutex. @param name shown instead of a default such as `mutex 1` */
export declare function mutex(name?: string): Mutex;

/** Creates a semaphore. @param permits how many permits are free at the start */
export declare function semaphore(permits: number, name?: string): Semaphore;

/** Creates a channel. @param capacity how many values it can buffer: with 0 a `put` waits for a `take`; if omitted, it is unbounded */
export declare function channel<T = unknown>(capacity?: number, name?: string): Channel<T>;

/** Creates an event whose flag is not set. */
export declare function event(name?: string): Event;

/** Waits for a number of milliseconds. */
export declare function sleep(millis: number): Wait<void>;

/** Makes a task from a generator. The `yield` evaluates to a handle of the task, without waiting. */
export declare function spawn<R>(generator: Task<R> | AsyncGenerator<unknown, R, Anything>): Request<TaskHandle<R>>;

/** Waits until a task has ended. The `yield` evaluates to what it returned, or throws what it threw. */
export declare function join<R>(task: TaskHandle<R>): Wait<R>;

/** Makes a task run next, if it is ready. */
export declare function handOver(task: TaskHandle): Request<void>;

/** The result of one part. */
type Given<P> = P extends Request<infer T> ? T : Awaited<P>;
type Parts = readonly (Wait | PromiseLike<unknown>)[];

/**
 * Waits for any of several requests. The `yield` evaluates to the position and the result of the one that was served; the others are
 * cancelled without an effect. If several can be served at once, the first in the list is served.
 */
export declare function any<P extends Parts>(...parts: P): Wait<{ [I in keyof P]: [number, Given<P[I]>] }[number]>;
export declare function any<P extends Parts>(parts: P): Wait<{ [I in keyof P]: [number, Given<P[I]>] }[number]>;

/** Waits for all of several requests. The `yield` evaluates to their results, in order. If one fails, the others are undone. */
export declare function all<P extends Parts>(...parts: P): Wait<{ -readonly [I in keyof P]: Given<P[I]> }>;
export declare function all<P extends Parts>(parts: P): Wait<{ -readonly [I in keyof P]: Given<P[I]> }>;

/** The time in milliseconds since the run began, real or virtual. */
export declare function now(): number;
