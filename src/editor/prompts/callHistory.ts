/**
 * The calls that the user typed before, for each function and file, in the workspace's own storage.
 */
import type { Memento } from "vscode";

const storageKey = "yieldpoint.lastCalls";

/** The maximum number of functions whose calls are remembered. */
const mostFunctions = 200;

/** The maximum number of calls that are remembered of a function. */
const mostCalls = 10;

export class CallHistory {
  /** @param of a function, or what else is asked for: `counter`, `@threads` */
  constructor(
    readonly storage: Memento,
    readonly file: string,
    readonly of: string,
  ) {}

  /** The last calls, the latest first. */
  get calls(): readonly string[] {
    return this.#all[this.#key] ?? [];
  }

  /** Remembers a call as the latest. */
  async add(call: string): Promise<void> {
    const { [this.#key]: before = [], ...others } = this.#all;
    const kept = Object.entries(others).slice(-(mostFunctions - 1));
    const calls = [call, ...before.filter((each) => each !== call)].slice(0, mostCalls);
    await this.storage.update(storageKey, Object.fromEntries([...kept, [this.#key, calls]]));
  }

  get #key(): string {
    return `${this.file}#${this.of}`;
  }

  get #all(): Record<string, readonly string[]> {
    return this.storage.get<Record<string, readonly string[]>>(storageKey, {});
  }
}
