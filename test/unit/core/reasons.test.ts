import assert from "node:assert/strict";
import fc from "fast-check";
import { makePolicy, parsePolicy } from "../../../src/core/policies/parse";
import { Reasons } from "../../../src/core/reasons";
import { deeds, Lived } from "./policies/deeds";
import { anyPolicy } from "./policies/program";

function reasonsOf({ program, trace }: Lived, stride?: number): Reasons {
  const policyFor = (text: string) => makePolicy(parsePolicy(text));
  return new Reasons({ scheduler: program.scheduler, chunkAt: (step) => trace.chunkAt(step), policyFor }, stride);
}

describe("the reasons of the past", () => {
  it("are those that were given at the time, asked in any order", () => {
    fc.assert(
      fc.property(anyPolicy, deeds, fc.array(fc.nat(1000)), fc.integer({ min: 1, max: 50 }), (policy, all, asked, stride) => {
        const lived = new Lived(policy, 3).live(all);
        const reasons = reasonsOf(lived, stride);
        assert.equal(lived.reasons.length, lived.trace.length);
        for (const step of asked) {
          if (lived.trace.length === 0) return;
          const index = step % lived.trace.length;
          assert.equal(reasons.of(index + 1), lived.reasons[index]);
        }
      }),
      { numRuns: 500 },
    );
  });

  it("are found while the run goes on", () => {
    const lived = new Lived("lottery:seed=3", 4);
    const reasons = reasonsOf(lived, 5);
    for (let round = 0; round < 3; round += 1) {
      lived.live([{ what: "run", which: 6, policy: "fcfs" }]);
      assert.equal(reasons.of(lived.trace.length), lived.reasons.at(-1));
      lived.live([{ what: "policy", which: 0, policy: "random:seed=1" }]);
    }
  });
});
