/**
 * Every `await` in the user's source, at run time. Only `yield` makes a task wait for a request. A request is no promise, so `await` would go
 * on at once, without the lock: it throws instead.
 */
import type { YieldPoint } from "../../../core/trace/trace";
import { isError } from "../engine/errors";
import { isProxy, whenRejected } from "../engine/intrinsics";
import { inheritedData } from "../engine/names";
import { requestError } from "../values/requestErrors";
import { requestTag, TaggedRequest } from "../values/requests";
import { asyncMark, thrownAt, throwPlace } from "./pointMarks";

/** `await v` in an async generator becomes `await generatorAwait(point, v)`. */
export function generatorAwait(point: number, value: unknown): unknown {
  return asyncMark(point, functionAwait(value));
}

/**
 * `await v` in another async function becomes `await functionAwait(v)`.
 *
 * @throws the program's `RequestError` if the value is a request
 */
export function functionAwait(value: unknown): unknown {
  if (typeof value !== "object" || value === null || !isRequest(value)) return value;
  const request = TaggedRequest.isOne(value) ? TaggedRequest.textOf(value) : "a request";
  throw requestError("awaited", `await does not wait for ${request}. Use yield instead, in the generator that is the task.`);
}

/** A module's `await v` becomes `await moduleAwait(place, v)`. If it rejects with a value that is not an error, no other place is known. */
export function moduleAwaitAt(at: readonly YieldPoint[]): (place: number, value: unknown) => unknown {
  const thrown = thrownAt(at);
  return (place, value) => {
    whenRejected(functionAwait(value), (reason) => {
      if (!isError(reason) && !throwPlace(reason)) thrown(place, reason);
    });
    return value;
  };
}

function isRequest(value: object): boolean {
  return TaggedRequest.isOne(value) || (!isProxy(value) && inheritedData(value, requestTag) === true);
}
