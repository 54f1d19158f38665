import assert from "node:assert/strict";
import fc from "fast-check";
import { jainIndex } from "../../../src/core/fairness";

describe("Jain's index", () => {
  it("is 1 for even shares and 1/n for one who has everything", () => {
    assert.equal(jainIndex([5, 5, 5, 5]), 1);
    assert.equal(jainIndex([0, 8, 0, 0]), 0.25);
    assert.equal(jainIndex([]), 1);
    assert.equal(jainIndex([0, 0]), 1);
  });

  it("lies between those, whatever the unit", () => {
    fc.assert(
      fc.property(fc.array(fc.nat(1000), { minLength: 1 }), fc.integer({ min: 1, max: 100 }), (shares, unit) => {
        const index = jainIndex(shares);
        assert.ok(index >= 1 / shares.length - 1e-9 && index <= 1 + 1e-9);
        assert.ok(Math.abs(jainIndex(shares.map((share) => share * unit)) - index) < 1e-9);
      }),
    );
  });
});
