/** A `for await` of an async function that is a task, at run time: it does what the language does, and leaves the awaiting to the code. */
import { apply } from "../../engine/intrinsics";

type Method = (this: unknown) => unknown;

const { iterator: synchronous, asyncIterator: asynchronous } = Symbol;
const ThePromise = Promise;
const { resolve, reject } = Promise as unknown as Record<"resolve" | "reject", (value: unknown) => Promise<unknown>>;
const { then } = Promise.prototype;

interface TheIterator {
  readonly next: Method;
  readonly return?: Method | null;
}

interface Result {
  readonly done?: unknown;
  readonly value?: unknown;
}

export class AsyncLoop {
  /** Whether its body runs: if that ends early, the iterator is told. */
  isOpen = false;
  value: unknown = undefined;
  /** What the iterator gave when it was told. */
  closing: unknown = undefined;
  #hasThrown = false;
  readonly #next: Method;

  constructor(readonly iterator: TheIterator) {
    this.#next = iterator.next;
  }

  next(): unknown {
    this.isOpen = false;
    return apply(this.#next, this.iterator, []);
  }

  /** @returns whether there is another item. @throws TypeError if the result is none */
  takes(result: unknown): boolean {
    const { done, value } = resultOf(result);
    if (done) return false;
    this.value = value();
    this.isOpen = true;
    return true;
  }

  thrown(error: unknown): unknown {
    this.#hasThrown = true;
    return error;
  }

  /** Tells the iterator that the loop ends early. @returns whether what it gives is awaited */
  closes(): boolean {
    this.isOpen = false;
    const { iterator } = this;
    const method = iterator.return;
    if (method === undefined || method === null) return false;
    this.closing = apply(method, iterator, []);
    return true;
  }

  closed(result: unknown): void {
    if (!this.#hasThrown) resultOf(result);
  }

  /** The error that has ended the loop comes before one of the iterator. */
  failed(reason: unknown): void {
    if (!this.#hasThrown) throw reason;
  }
}

function resultOf(result: unknown): { done: boolean; value: () => unknown } {
  if (!isObject(result)) throw new TypeError(`Iterator result ${String(result)} is not an object`);
  const { done } = result as Result;
  return { done: Boolean(done), value: () => (result as Result).value };
}

function isObject(value: unknown): value is object {
  return (typeof value === "object" && value !== null) || typeof value === "function";
}

/**
 * `for await (… of items)` becomes a loop over `forAwait(point, items, text)`.
 *
 * @param text how an error names what is iterated over
 * @throws TypeError if it cannot be iterated over
 */
export function forAwait(_point: number, items: unknown, text: string): AsyncLoop {
  const methods = items as Record<symbol, Method | null | undefined>;
  const method = methods[asynchronous];
  if (method !== undefined && method !== null) return new AsyncLoop(iteratorOf(method, items, text, "asyncIterator"));
  const iterator = iteratorOf(methods[synchronous], items, text, "iterator");
  return new AsyncLoop(new SyncItems(iterator));
}

function iteratorOf(method: unknown, items: unknown, text: string, name: "iterator" | "asyncIterator"): TheIterator {
  if (typeof method !== "function") throw new TypeError(`${text} is not async iterable`);
  const iterator: unknown = apply(method as Method, items, []);
  if (!isObject(iterator)) throw new TypeError(`Result of the Symbol.${name} method is not an object`);
  return iterator as TheIterator;
}

/** An iterator whose items are awaited. */
class SyncItems implements TheIterator {
  readonly #next: Method;

  constructor(readonly iterator: TheIterator) {
    this.#next = iterator.next;
  }

  next(): unknown {
    return awaited(() => apply(this.#next, this.iterator, []));
  }

  return(): unknown {
    let method: Method | null | undefined;
    return awaited(() => {
      method = this.iterator.return;
      return method ? apply(method, this.iterator, []) : { done: true, value: undefined };
    });
  }
}

function awaited(resume: () => unknown): Promise<unknown> {
  try {
    const { done, value } = resultOf(resume());
    const promise = apply(resolve, ThePromise, [value()]);
    return apply(then, promise, [(item: unknown) => ({ done, value: item })]) as Promise<unknown>;
  } catch (error) {
    return apply(reject, ThePromise, [error]);
  }
}
