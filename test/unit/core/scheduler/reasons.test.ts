import assert from "node:assert/strict";
import fc from "fast-check";
import { makePolicy, parsePolicy } from "../../../../src/core/policies/parse";
import { Reasons } from "../../../../src/core/scheduler/reasons";
import { ScheduleReplay } from "../../../../src/core/scheduler/replay";
import { deeds, Lived } from "../policies/deeds";
import { anyPolicy } from "../policies/program";

function reasonsOf({ program, trace }: Lived, stride?: number): Reasons {
  const policyFor = (text: string) => makePolicy(parsePolicy(text));
  return new Reasons({ scheduler: program.scheduler, chunkAt: (step) => trace.chunkAt(step), policyFor }, stride);
}

/** Makes a number of plans. */
function run(which: number) {
  return { what: "run", which, policy: "" } as const;
}

describe("reasons for past picks", () => {
  it("are the ones given at the time, whatever the order of the questions", () => {
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

  it("never mention a schedule if none was followed, however long the plans were", () => {
    fc.assert(
      fc.property(anyPolicy, deeds, fc.integer({ min: 2, max: 40 }), (policy, all, limit) => {
        const lived = new Lived(policy, 3).live(all, limit);
        const reasons = reasonsOf(lived);
        for (let step = 1; step <= lived.trace.length; step += 1) assert.notEqual(reasons.of(step), "as the schedule says");
      }),
      { numRuns: 300 },
    );
  });

  it("mark a pick planned from estimates as such, and say which step of its quantum it is", () => {
    for (const [policy, inQuantum] of [
      ["fair", false],
      ["fair:quantum=2", true],
    ] as const) {
      const lived = new Lived(policy, 9).live([run(9)], 40);
      const reasons = reasonsOf(lived);
      const all = new Set(Array.from({ length: lived.trace.length }, (_, index) => reasons.of(index + 1).replace(/,.*/, "")));
      assert.ok(all.has("planned ahead by least run time"));
      assert.deepEqual(all.has("step 2 of 2 of its quantum"), inQuantum);
    }
  });

  it("mention the schedule until its end, even if the policy would have picked another task", () => {
    for (const policy of ["fair", "lifo"]) {
      const lived = new Lived(policy, 3);
      const { scheduler } = lived.program;
      scheduler.follow(new ScheduleReplay([{ kind: "picks", picks: [0, 0, 0], times: 1 }]));
      lived.live([run(9)], 3);
      const reasons = reasonsOf(lived);
      assert.equal(scheduler.followed, 3);
      assert.equal(reasons.of(3), "as the schedule says");
      for (let step = 4; step <= lived.trace.length; step += 1) assert.notEqual(reasons.of(step), "as the schedule says");
    }
  });

  it("are available while the run continues", () => {
    const lived = new Lived("lottery:seed=3", 4);
    const reasons = reasonsOf(lived, 5);
    for (let round = 0; round < 3; round += 1) {
      lived.live([{ what: "run", which: 6, policy: "fcfs" }]);
      assert.equal(reasons.of(lived.trace.length), lived.reasons.at(-1));
      lived.live([{ what: "policy", which: 0, policy: "random:seed=1" }]);
    }
  });
});
