/**
 * Which warnings are not to be shown: those of a kind, or those of a kind about tasks of one name.
 */
import type { WarningKind } from "../../core/warnings/warning";

/** `hog`, or `hog:counter`. */
export function silenceText(kind: WarningKind, task?: string): string {
  return task === undefined ? kind : `${kind}:${task}`;
}

export class Silenced {
  readonly #own = new Set<string>();

  /**
   * @param always what is silenced in every session; asked each time, since a setting may change
   * @param changed called when other warnings are to be shown
   */
  constructor(
    readonly always: () => readonly string[],
    readonly changed: () => void,
  ) {}

  /** What was silenced in this session. */
  get own(): readonly string[] {
    return [...this.#own];
  }

  /** Silences what another session had silenced. */
  restore(own: readonly string[]): void {
    for (const text of own) this.#own.add(text);
    this.changed();
  }

  has(kind: WarningKind, task: string): boolean {
    const texts = [silenceText(kind), silenceText(kind, task)];
    return texts.some((text) => this.#own.has(text)) || this.always().some((text) => texts.includes(text));
  }

  /** @param task the name; left out, all tasks */
  add(kind: WarningKind, task?: string): void {
    this.#own.add(silenceText(kind, task));
    this.changed();
  }

  /** Shows again what was silenced in this session. */
  clear(): void {
    this.#own.clear();
    this.changed();
  }
}
