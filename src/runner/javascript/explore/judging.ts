/** The values of the check, the invariant and the watched expressions, which need not end. */
import { types } from "node:util";
import { apply } from "../engine/intrinsics";
import { Interrupted } from "../execute/breakable";
import type { Compiled } from "./plan";

const { isGeneratorObject, isPromise } = types;
const { then } = Promise.prototype;

export class Judging {
  #evaluated: Compiled | undefined;
  /** Expressions that did not end in this run. */
  readonly #endless = new Set<Compiled>();

  /** A run begins. */
  begin(): void {
    this.#evaluated = undefined;
    if (this.#endless.size > 0) this.#endless.clear();
  }

  /**
   * The value of an expression.
   *
   * @throws Interrupted if it did not end before in this run; anything that it throws
   */
  valueOf(compiled: Compiled, evaluate: () => unknown): unknown {
    if (this.#endless.has(compiled)) throw new Interrupted();
    this.#evaluated = compiled;
    try {
      return evaluate();
    } finally {
      // Not reached where it is interrupted.
      this.#evaluated = undefined;
    }
  }

  /** What runs does not end, and was interrupted. @returns the expression that was evaluated, if one was */
  interrupted(): Compiled | undefined {
    const evaluated = this.#evaluated;
    if (evaluated) this.#endless.add(evaluated);
    this.#evaluated = undefined;
    return evaluated;
  }
}

/**
 * Whether the value of a check or an invariant says that it holds.
 *
 * @throws TypeError if nobody knows yet what it says
 */
export function holds(value: unknown): boolean {
  if (typeof value !== "object") return Boolean(value);
  if (isPromise(value)) {
    void apply(then, value, [undefined, ignored]);
    throw new TypeError("A promise is no result: nothing waits for it.");
  }
  if (isGeneratorObject(value)) throw new TypeError("A generator is no result: nothing waits for it.");
  return value !== null;
}

/** A promise of the check's that is rejected must not end the process. */
function ignored(): void {}
