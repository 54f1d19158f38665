/**
 * The warnings that are not shown: all of a kind, or those of a kind about tasks with a certain name.
 */
import type { WarningKind } from "../../core/warnings/warning";

/** A kind of warning, optionally with the name of a task: `hog`, `hog:counter`. */
export function silenceText(kind: WarningKind, task?: string): string {
  return task === undefined ? kind : `${kind}:${task}`;
}

export class Silenced {
  readonly #own = new Set<string>();

  /**
   * @param always returns what is silenced in every session; called each time, since the setting may change
   * @param changed called when the shown warnings may have changed
   */
  constructor(
    readonly always: () => readonly string[],
    readonly changed: () => void,
  ) {}

  /** The warnings that were silenced in this session. */
  get own(): readonly string[] {
    return [...this.#own];
  }

  /** Silences the warnings that were silenced in another session. */
  restore(own: readonly string[]): void {
    for (const text of own) this.#own.add(text);
    this.changed();
  }

  has(kind: WarningKind, task: string): boolean {
    const texts = [silenceText(kind), silenceText(kind, task)];
    return texts.some((text) => this.#own.has(text)) || this.always().some((text) => texts.includes(text));
  }

  /** @param task the name of the tasks; by default, all tasks */
  add(kind: WarningKind, task?: string): void {
    this.#own.add(silenceText(kind, task));
    this.changed();
  }

  /** Shows the warnings again that were silenced in this session. */
  clear(): void {
    this.#own.clear();
    this.changed();
  }
}
