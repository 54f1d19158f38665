/**
 * Handles: numbers with which a session can request the children of a value. They are valid until the next step.
 */
import type { Answer, Value } from "../../../protocol/runner";
import { childrenOf } from "../values/children";
import { RequestError } from "../values/failures";
import { isExpandable, preview } from "../values/preview";

const mostAtOnce = 1_000;

export class Handles {
  readonly #values = new Map<number, object | string>();
  #next = 1;

  /** A value with its preview, and a handle if it has children. */
  value(value: unknown): Value {
    if (!isExpandable(value)) return { text: preview(value) };
    const handle = this.#next;
    this.#next += 1;
    this.#values.set(handle, value);
    return { text: preview(value), handle };
  }

  /** @throws RequestError if the handle is from an earlier step */
  expand(handle: number, start: number, count: number): Answer<"expand"> {
    const value = this.#values.get(handle);
    if (value === undefined) {
      const message = `There is no value ${handle}, or it was of an earlier step.`;
      throw new RequestError({ code: "bad-request", message, remedy: "Inspect the task again." });
    }
    const { children, total } = childrenOf(value, start, Math.min(count, mostAtOnce));
    const properties = children.map(({ name, value, text, piece }) => ({
      name,
      value: text === undefined ? this.value(value) : { text, ...(piece ? { piece } : {}) },
    }));
    return { properties, total };
  }

  /** Invalidates all handles before a step, since values may change, and so that objects are not kept alive. */
  clear(): void {
    this.#values.clear();
  }
}
