// How many orders there are, and how much of them a random search has seen.
import assert from "node:assert/strict";
import fc from "fast-check";
import {
  bothSizes,
  estimated,
  missingMass,
  mostProbes,
  needsProbes,
  noSizes,
  ordersOfSlices,
  pctChance,
  rarerThan,
  type Sizes,
  withSize,
} from "../../../../src/core/explore/estimate";

function sizesOf(numbers: readonly number[]): Sizes {
  return numbers.reduce(withSize, noSizes);
}

describe("the number of orders", () => {
  it("is the multinomial for fixed slices", () => {
    assert.equal(ordersOfSlices([3, 3]), 20n);
    assert.equal(ordersOfSlices([12, 12]), 2_704_156n);
    assert.equal(ordersOfSlices([5, 5, 5]), 756_756n);
    assert.equal(ordersOfSlices([20, 20]), 137_846_528_820n);
    assert.equal(ordersOfSlices([0, 4]), 1n);
    assert.equal(ordersOfSlices([]), 1n);
  });

  it("is estimated by the mean of random walks", () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 1000 }), { minLength: 1, maxLength: 50 }), (numbers) => {
        const mean = numbers.reduce((sum, number) => sum + number, 0) / numbers.length;
        const variance = numbers.reduce((sum, number) => sum + (number - mean) ** 2, 0) / numbers.length;
        const sizes = sizesOf(numbers);
        assert.ok(Math.abs(sizes.mean - mean) < 1e-6);
        assert.ok(Math.abs(sizes.variance - variance) < 1e-3);
      }),
    );
  });

  it("is the same from two parts of a search", () => {
    fc.assert(
      fc.property(fc.array(fc.nat(1000)), fc.array(fc.nat(1000)), (one, other) => {
        const [apart, together] = [bothSizes(sizesOf(one), sizesOf(other)), sizesOf([...one, ...other])];
        assert.equal(apart.runs, together.runs);
        assert.ok(Math.abs(apart.mean - together.mean) < 1e-6);
        assert.ok(Math.abs(apart.variance - together.variance) < 1e-3);
      }),
    );
  });

  it("has settled when the deviation of the mean is a tenth of it", () => {
    // The mean of 101 numbers with the deviation 100 has the deviation 10.
    const sizes = { runs: 101, mean: 100, variance: 10_000 };
    assert.deepEqual(estimated(sizes), { orders: 100, deviation: 10, isSettled: true });
    assert.equal(estimated({ ...sizes, mean: 99 }).isSettled, false);
    assert.equal(estimated({ runs: 9, mean: 100, variance: 0 }).isSettled, false);
    assert.equal(needsProbes(sizes), false);
    assert.equal(needsProbes({ runs: mostProbes, mean: 1, variance: 100 }), false);
    assert.equal(needsProbes(noSizes), true);
  });

  it("is not known from numbers that are too large to be squared without a bound", () => {
    assert.ok(Number.isFinite(sizesOf([1e150, 1, 1e150]).variance));
  });
});

describe("what a random search has not seen", () => {
  it("is estimated by the outcomes that were met once", () => {
    assert.equal(missingMass([7, 1, 1, 1]), 0.3);
    assert.equal(missingMass([10]), 0);
    assert.equal(missingMass([]), 1);
  });

  it("is rarer than three in all runs", () => {
    assert.equal(rarerThan(300), 0.01);
    assert.equal(rarerThan(2), 1);
    assert.equal(rarerThan(0), 1);
  });

  it("is found by PCT with a known probability", () => {
    assert.equal(pctChance(2, 10, 1), 1 / 2);
    assert.equal(pctChance(2, 10, 3), 1 / 200);
  });
});
