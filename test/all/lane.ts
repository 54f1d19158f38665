/**
 * Runs parts one after the other. A part whose prerequisites failed is not run, and counts as failed.
 */
import type { Part } from "./parts";

/** How a part ended, and its output. */
export interface Ended {
  readonly part: Part;
  readonly outcome: "passed" | "failed" | "not run";
  readonly output: string;
  readonly millis: number;
}

export type RunPart = (part: Part) => Promise<{ readonly code: number; readonly output: string }>;

export class Lanes {
  readonly #ends = new Map<string, Promise<Ended>>();
  readonly #waiting = new Map<string, (ended: Ended) => void>();

  constructor(lanes: readonly (readonly Part[])[]) {
    for (const { name } of lanes.flat()) this.#ends.set(name, new Promise((resolve) => this.#waiting.set(name, resolve)));
  }

  /** Runs the parts in order, each as soon as the parts it needs have ended. */
  async run(parts: readonly Part[], runPart: RunPart, ended: (one: Ended) => void): Promise<void> {
    for (const part of parts) {
      const one = await this.#end(part, runPart);
      this.#waiting.get(part.name)?.(one);
      ended(one);
    }
  }

  async #end(part: Part, runPart: RunPart): Promise<Ended> {
    const needed = await Promise.all(part.needs.map((name) => this.#ends.get(name)));
    const missing = needed.filter((one) => one?.outcome !== "passed").map((one) => one?.part.name);
    if (missing.length > 0) {
      return {
        part,
        outcome: "not run",
        output: `${part.name} was not run, since ${missing.join(" and ")} failed.\n`,
        millis: 0,
      };
    }
    const began = performance.now();
    const { code, output } = await runPart(part);
    return { part, outcome: code === 0 ? "passed" : "failed", output, millis: performance.now() - began };
  }
}
