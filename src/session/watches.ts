/**
 * Watches: expressions that are evaluated whenever the run rests.
 */

/** The watched expressions of a session; a restart keeps them. */
export class Watches {
  #list: readonly string[] = [];

  /** @param changed called after every change */
  constructor(readonly changed: () => void) {}

  /** In the order of adding. */
  get list(): readonly string[] {
    return this.#list;
  }

  /** Watches an expression of the file's language. One that is watched already stays where it is. */
  add(expression: string): void {
    const wanted = expression.trim();
    if (wanted === "" || this.#list.includes(wanted)) return;
    this.#list = [...this.#list, wanted];
    this.changed();
  }

  remove(expression: string): void {
    this.#list = this.#list.filter((each) => each !== expression);
    this.changed();
  }
}
