/**
 * The interface of a store for captured data that is too much for memory. Items are found again by a number. The trace's file
 * is one such store.
 */

export interface PagedStore<Item> {
  /** Why it took no more the last time. */
  readonly problem: Error | undefined;
  /** The numbers under which there is something. */
  readonly numbers: readonly number[];
  /** Whether there is something to be read. */
  has(number: number): boolean;
  /**
   * What was put under a number, in the order of putting.
   *
   * @throws Error of the file system, or when the store is closed
   */
  get(number: number): Item[];
  /** Takes items: all of them, or none. Where it takes none, `problem` says why. */
  put(items: readonly Item[]): boolean;
  /** Is told that what was read cannot be what was put. */
  damaged(): void;
}
