/**
 * The resources of one block, disposed of at its end in reverse order.
 */

type Dispose = (this: unknown) => unknown;

interface Resource {
  readonly value: unknown;
  readonly dispose: Dispose | undefined;
  readonly isAwaited: boolean;
}

/** What went wrong in the block, or in disposing; an own object stands for nothing. */
const nothing = {};

/** What Babel's `using` asks for: `u` and `a` take a resource, `e` is what the block threw, `d` disposes. */
export function usingCtx() {
  const resources: Resource[] = [];
  const context = {
    e: nothing as unknown,
    u: (value: unknown) => taken(value, false, resources),
    a: (value: unknown) => taken(value, true, resources),
    d: () => dispose(resources, context.e),
  };
  return context;
}

function taken(value: unknown, isAwaited: boolean, resources: Resource[]): unknown {
  if (value === null || value === undefined) {
    if (isAwaited) resources.push({ value, dispose: undefined, isAwaited });
    return value;
  }
  if (typeof value !== "object" && typeof value !== "function") throw new TypeError("Object expected.");
  resources.push({ value, dispose: methodOf(value as Record<symbol, unknown>, isAwaited), isAwaited });
  return value;
}

function methodOf(value: Record<symbol, unknown>, isAwaited: boolean): Dispose {
  const asynchronous = isAwaited ? value[Symbol.asyncDispose] : undefined;
  const method = asynchronous ?? value[Symbol.dispose];
  if (typeof method !== "function") throw new TypeError("Object not disposable.");
  if (!isAwaited || asynchronous) return method as Dispose;
  // What it throws is a rejection, like that of the other kind, and what it gives is not awaited.
  return async function (this: unknown) {
    Reflect.apply(method, this, []);
  };
}

/** A promise where something is awaited. */
function dispose(resources: Resource[], thrown: unknown): unknown {
  let error = thrown;
  const fail = (again: unknown) => {
    error = error === nothing ? again : suppressed(again, error);
    return next();
  };
  const next = (): unknown => {
    for (let resource = resources.pop(); resource; resource = resources.pop()) {
      try {
        const result = resource.dispose?.call(resource.value);
        if (resource.isAwaited) return Promise.resolve(result).then(next, fail);
      } catch (again) {
        error = error === nothing ? again : suppressed(again, error);
      }
    }
    if (error !== nothing) throw error;
    return undefined;
  };
  return next();
}

const message = "An error was suppressed during disposal.";

function suppressed(error: unknown, before: unknown): Error {
  const { SuppressedError } = globalThis as { SuppressedError?: new (...args: unknown[]) => Error };
  if (SuppressedError) return new SuppressedError(error, before, message);
  return Object.assign(new Error(message), { name: "SuppressedError", error, suppressed: before });
}
