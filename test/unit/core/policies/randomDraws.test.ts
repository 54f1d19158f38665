import assert from "node:assert/strict";
import fc from "fast-check";
import { Draws, oneOf } from "../../../../src/core/policies/randomDraws";

describe("random draws", () => {
  it("are the same whether they are peeked at or not, and in a copy", () => {
    const moves = fc.array(fc.record({ look: fc.nat(200), use: fc.nat(100) }), { minLength: 1, maxLength: 30 });
    fc.assert(
      fc.property(fc.nat(), moves, (seed, all) => {
        const plain = new Draws(seed);
        let draws = new Draws(seed);
        for (const { look, use } of all) {
          draws.at(look);
          const copy = draws.copy();
          for (let count = 0; count < use; count += 1) {
            const expected = plain.next();
            assert.equal(draws.next(), expected);
            assert.equal(copy.next(), expected);
          }
          if (use % 2 === 1) draws = copy;
        }
      }),
    );
  });

  it("differ from the first one on, even for adjacent seeds", () => {
    const firsts = Array.from({ length: 1000 }, (_, seed) => oneOf(10, new Draws(seed).next()));
    // A hundred of each are expected; six standard deviations are 57.
    for (let one = 0; one < 10; one += 1) assert.ok(Math.abs(firsts.filter((first) => first === one).length - 100) < 57);
  });
});
