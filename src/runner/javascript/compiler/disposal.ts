/**
 * Manages the resources of a block, which are disposed of in reverse order at its end.
 */

type Dispose = (this: unknown) => unknown;

interface Resource {
  readonly value: unknown;
  readonly dispose: Dispose | undefined;
  readonly isAwaited: boolean;
}

/** Stands for the absence of an error in the block or in its disposal. A unique object, because any value can be thrown. */
const nothing = {};

/** The context that Babel's `using` needs: `u` and `a` add a resource, `e` is the error thrown in the block, `d` disposes. */
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
  // An error becomes a rejection, as with an async dispose method, and the result is not awaited.
  return async function (this: unknown) {
    Reflect.apply(method, this, []);
  };
}

/** Disposes of the resources. Returns a promise if anything must be awaited. */
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
