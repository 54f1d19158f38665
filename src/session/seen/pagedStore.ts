/**
 * The interface of a store for captured data that is too much for memory. Items are found again by a number. The trace's file
 * is one such store.
 */

export interface PagedStore<Item> {
  /** Why it last stopped accepting data. */
  readonly problem: Error | undefined;
  /** The numbers that have an entry. */
  readonly numbers: readonly number[];
  /** Whether there is something to be read. */
  has(number: number): boolean;
  /**
   * What was put under a number, in the order of putting.
   *
   * @throws Error of the file system, or when the store is closed
   */
  get(number: number): Item[];
  /** Stores items: all of them, or none. In that case `problem` says why. */
  put(items: readonly Item[]): boolean;
  /** Called when what was read cannot be what was stored. */
  damaged(): void;
}
