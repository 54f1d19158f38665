/** Promises and thenables that tasks wait for. */
import { types } from "node:util";
import type { Waiting } from "../../../core/waiting/engine";
import { apply } from "../engine/intrinsics";

const NativePromise = Promise;
const { then } = Promise.prototype;

export class Promises {
  /** How many are watched that have not settled. */
  pending = 0;
  #token = 0;

  /** @param changed is called after each that has settled */
  constructor(
    readonly engine: Waiting<unknown>,
    readonly changed: () => void,
  ) {}

  /** A number for a promise to be told by. */
  token(): number {
    this.#token += 1;
    return this.#token;
  }

  /** Tells the engine once a promise that a task waits for has settled. Another thenable is treated as `await` would treat it. */
  watch(task: number, token: number, value: unknown): void {
    const promise = types.isPromise(value) ? value : new NativePromise((resolve) => resolve(value));
    this.pending += 1;
    const settled = (tell: () => void) => {
      this.pending -= 1;
      tell();
      this.changed();
    };
    const given = (result: unknown) => settled(() => this.engine.settle(task, token, result));
    const failed = (error: unknown) => settled(() => this.engine.settleError(task, token, error));
    try {
      apply(then, promise, [given, failed]);
    } catch (error) {
      // The constructor of a subclass is asked, and may throw.
      failed(error);
    }
  }
}
