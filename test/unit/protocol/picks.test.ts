import assert from "node:assert/strict";
import fc from "fast-check";
import * as v from "valibot";
import { Picks, packPicks } from "../../../src/protocol/picks";

const picks = fc.array(fc.integer({ min: 0, max: 65_535 }), { minLength: 1, maxLength: 700, size: "max" });

describe("the picks of a plan", () => {
  it("are decoded unchanged, however many there are", () => {
    fc.assert(
      fc.property(picks, (sent) => {
        const wire: unknown = JSON.parse(JSON.stringify(packPicks(sent)));
        assert.deepEqual([...v.parse(Picks, wire)], sent);
      }),
    );
  });

  it("are at least one task number", () => {
    for (const wrong of [[], "", "AAAA", [1.5], [-1], [65_536], ["1"], {}, null]) {
      assert.equal(v.safeParse(Picks, wrong).success, false, JSON.stringify(wrong));
    }
  });
});
