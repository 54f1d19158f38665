/**
 * Which entry of a list Enter means. VS Code draws a list a while after it was given, and meanwhile still reports which entry of the list
 * before is active. It does so by position, so that report is about some entry of the new list.
 */
export class ActiveEntry<T> {
  #usual: T | undefined;
  #active: T | undefined;
  #isDrawn = false;

  /** A new list was given. @param usual the entry that is active when the list is drawn */
  given(usual: T | undefined): void {
    this.#usual = usual;
    this.#active = usual;
    this.#isDrawn = false;
  }

  /** VS Code reports that an entry is active. Before that of the usual one, the list is not drawn yet. */
  reported(entry: T | undefined): void {
    if (entry === this.#usual) this.#isDrawn = true;
    if (this.#isDrawn) this.#active = entry;
  }

  /** What Enter means. */
  get meant(): T | undefined {
    return this.#active;
  }
}
