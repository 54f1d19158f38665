/**
 * Requests: what a task yields in order to wait. A runner makes them for the user's code and hands them to the engine.
 */

/** The first seven block a task until they are served. Each of them has the number of its block row, see `rowKind`. */
export const operation = {
  acquire: 0,
  put: 1,
  take: 2,
  event: 3,
  join: 4,
  sleep: 5,
  promise: 6,
  any: 7,
  all: 8,
  spawn: 9,
  handOver: 10,
} as const;

export type Operation = (typeof operation)[keyof typeof operation];

/** A request over values of type V. All requests should have the same shape, with the fields in this order. */
export interface WaitRequest<V> {
  readonly operation: Operation;
  /** The number of a resource or of a task, how many milliseconds to sleep, or the token of a promise. */
  readonly object: number;
  /** The value to put, or the generator to spawn. */
  readonly value: V | undefined;
  /** The requests that `any` and `all` combine. */
  readonly parts: readonly WaitRequest<V>[] | undefined;
  /** The engine that the request is for; undefined once it was yielded, since a request can be used only once. */
  owner: object | undefined;
}

/** Whether an operation waits and may therefore be a part of `any` and `all`. */
export function isWait(code: number): boolean {
  return code >= operation.acquire && code <= operation.promise;
}
