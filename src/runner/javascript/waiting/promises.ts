/** Promises and thenables that tasks wait for. */
import { types } from "node:util";
import type { Waiting } from "../../../core/waiting/engine";
import { apply } from "../engine/intrinsics";

const NativePromise = Promise;
const { then } = Promise.prototype;

export class Promises {
  /** How many watched promises have not settled. */
  pending = 0;
  #token = 0;

  /** @param changed called after each promise that has settled */
  constructor(
    readonly engine: Waiting<unknown>,
    readonly changed: () => void,
  ) {}

  /** A new number that identifies a promise. */
  token(): number {
    this.#token += 1;
    return this.#token;
  }

  /** Notifies the engine when a promise that a task waits for settles. Other thenables are treated as `await` treats them. */
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
      // `then` calls the constructor of a subclass, which may throw.
      failed(error);
    }
  }
}
