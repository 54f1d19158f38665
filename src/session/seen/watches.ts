/**
 * Watches: expressions that are evaluated whenever the run rests.
 */

/** The watched expressions of a session; a restart keeps them. */
export class Watches {
  #list: readonly string[] = [];
  readonly #stopped = new Set<string>();

  /** @param changed called after every change */
  constructor(readonly changed: () => void) {}

  /** In the order of adding. */
  get list(): readonly string[] {
    return this.#list;
  }

  /** Those that are evaluated: all that were not stopped. */
  get active(): readonly string[] {
    return this.#list.filter((expression) => !this.#stopped.has(expression));
  }

  /** Whether an expression is skipped until it is asked for again, since it did not end. */
  isStopped(expression: string): boolean {
    return this.#stopped.has(expression);
  }

  /** Watches an expression in the file's language. One that is already watched stays in place, and is evaluated again if it was stopped. */
  add(expression: string): void {
    const wanted = expression.trim();
    if (this.#list.includes(wanted)) this.retry(wanted);
    if (wanted === "" || this.#list.includes(wanted)) return;
    this.#list = [...this.#list, wanted];
    this.changed();
  }

  remove(expression: string): void {
    this.#stopped.delete(expression);
    this.#list = this.#list.filter((each) => each !== expression);
    this.changed();
  }

  /** Skips an expression that did not end, so that no other step waits for it. */
  stop(expression: string): void {
    if (this.#list.includes(expression)) this.#stopped.add(expression);
  }

  /** Evaluates an expression again that was stopped. */
  retry(expression: string): void {
    if (this.#stopped.delete(expression)) this.changed();
  }
}
