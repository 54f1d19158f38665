/**
 * The row cache requests whole pages, once per head, and keeps a limited number of them.
 */
import assert from "node:assert/strict";
import { pageSize, RowCache } from "../../../src/panel/model/rows";
import { row, rows } from "../recorded";

describe("the panel's row cache", () => {
  it("requests the incomplete pages of the window, up to the head", () => {
    const cache = new RowCache();
    assert.deepEqual(cache.take(95, 130, 128), [
      { from: 1, count: 100 },
      { from: 101, count: 28 },
    ]);
  });

  it("does not repeat a request for the same head, even after an incomplete reply", () => {
    const cache = new RowCache();
    cache.take(1, 10, 128);
    cache.put([row(1)]);
    assert.deepEqual(cache.take(1, 10, 128), []);
    assert.deepEqual(cache.take(1, 10, 129), [{ from: 1, count: 100 }]);
  });

  it("requests nothing while single steps keep it complete", () => {
    const cache = new RowCache();
    for (let step = 1; step <= 250; step += 1) {
      cache.put([row(step)]);
      assert.deepEqual(cache.take(step - 60, step, step), []);
    }
  });

  it("evicts the least recently used pages", () => {
    const cache = new RowCache();
    cache.put(rows(1, pageSize, 10_000_000));
    for (let page = 1; page <= 100; page += 1) cache.put([row(page * pageSize + 1)]);
    assert.equal(cache.get(1), undefined);
    assert.ok(cache.get(100 * pageSize + 1));
  });

  it("is empty after it was cleared", () => {
    const cache = new RowCache();
    cache.take(1, 3, 3);
    cache.put(rows(1, 3, 3));
    cache.clear();
    assert.equal(cache.has(1, 3), false);
    assert.deepEqual(cache.take(1, 3, 3), [{ from: 1, count: 3 }]);
  });
});
