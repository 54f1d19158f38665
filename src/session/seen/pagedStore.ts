/**
 * The interface of a store for captured data that does not fit in memory. Items are stored under a number. The trace's file
 * implements it.
 */

export interface PagedStore<Item> {
  /** Why the store does not accept more data. */
  readonly problem: Error | undefined;
  /** The numbers under which there are items. */
  readonly numbers: readonly number[];
  /** Whether there are items under a number. */
  has(number: number): boolean;
  /**
   * The items under a number, in the order in which they were stored.
   *
   * @throws Error of the file system, or if the store is closed
   */
  get(number: number): Item[];
  /** Stores all of the items or none. @returns whether they were stored; if not, `problem` says why */
  put(items: readonly Item[]): boolean;
  /** Must be called if data turns out to be invalid after reading. */
  damaged(): void;
}
