/**
 * What the comments of the examples of ways of working promise, of each of their setups.
 */
import assert from "node:assert/strict";

/** A setup, as `compare` tells of it. */
export interface Served {
  readonly setup: string;
  /** How its tasks ended, in the words of `compare`. */
  readonly ended: string;
  /** How many requests were served, served twice and lost. */
  readonly figures: readonly string[];
  /** Of the orders that were tried; undefined if other orders cannot be told. */
  readonly orders?: { readonly tried: number; readonly failing: number } | undefined;
}

/**
 * Every request is served once, but for threads without a mutex.
 * @param finished what is said of tasks that have all ended
 * @param mark what the names of the setups end with
 */
export function servesOnce(all: readonly Served[], finished: string, mark = ""): void {
  assert.equal(all.length, 10);
  for (const { setup, ended, figures, orders } of all) {
    assert.equal(ended, finished, setup);
    // Only threads can break their check in another order, and never those with a mutex.
    assert.equal(orders !== undefined, /: threads/.test(setup), setup);
    // A slow machine tries only a few in the time that there is.
    if (orders && orders.tried >= 5)
      assert.equal(orders.failing > 0, setup.endsWith(`threads${mark}`), JSON.stringify({ setup, orders }));
    if (!setup.endsWith(`threads${mark}`)) assert.deepEqual(figures, ["10", "0", "0"], setup);
  }
  // Round-robin switches at each point: both look at a request before either takes one away, so one of two is lost.
  assert.deepEqual(all.find(({ setup }) => setup === `compute: threads${mark}`)?.figures, ["10", "5", "5"]);
}
