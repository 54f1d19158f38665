import assert from "node:assert/strict";
import fc from "fast-check";
import { jainIndex, waitsOf } from "../../../../src/core/analysis/fairness";

describe("Jain's index", () => {
  it("is 1 for equal shares, and 1/n if one task has everything", () => {
    assert.equal(jainIndex([5, 5, 5, 5]), 1);
    assert.equal(jainIndex([0, 8, 0, 0]), 0.25);
    assert.equal(jainIndex([]), 1);
    assert.equal(jainIndex([0, 0]), 1);
  });

  it("is between those otherwise, whatever the unit", () => {
    fc.assert(
      fc.property(fc.array(fc.nat(1000), { minLength: 1 }), fc.integer({ min: 1, max: 100 }), (shares, unit) => {
        const index = jainIndex(shares);
        assert.ok(index >= 1 / shares.length - 1e-9 && index <= 1 + 1e-9);
        assert.ok(Math.abs(jainIndex(shares.map((share) => share * unit)) - index) < 1e-9);
      }),
    );
  });
});

describe("the waits of a task", () => {
  it("are the steps of other tasks during its lifetime", () => {
    // Added after step 2, ended in step 12 with its fourth step: six steps of other tasks in between.
    assert.deepEqual(waitsOf({ added: 2, until: 12, steps: 4 }), { total: 6, mean: 1.5 });
    assert.deepEqual(waitsOf({ added: 0, until: 5, steps: 0 }), { total: 5, mean: 5 });
    assert.deepEqual(waitsOf({ added: 0, until: 5, steps: 5 }), { total: 0, mean: 0 });
  });
});
