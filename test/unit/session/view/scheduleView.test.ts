import assert from "node:assert/strict";
import fc from "fast-check";
import { recordedOrder } from "../../../../src/session/view/scheduleView";
import { deeds, Lived } from "../../core/policies/deeds";
import { anyPolicy } from "../../core/policies/program";
import { livedRun } from "../recording/viewed";

describe("the policy of a step", () => {
  it("is the one in force when it was picked, and absent at the head, which shows the next pick's policy", () => {
    fc.assert(
      fc.property(anyPolicy, deeds, (policy, all) => {
        const lived = new Lived(policy, 3);
        const { scheduler } = lived.program;
        const then: string[] = [];
        // An action that makes steps changes no policy, so all of them have the following one.
        for (const deed of all) {
          lived.live([deed]);
          while (then.length < lived.trace.length) then.push(scheduler.policyText);
        }
        const { run, head } = livedRun(lived);
        for (let step = 0; step < head; step += 1) {
          const { policy: now, policyThen } = recordedOrder(run, step);
          assert.deepEqual([now?.text, policyThen], [scheduler.policyText, then[Math.max(1, step) - 1]]);
        }
        assert.equal(recordedOrder(run, head).policyThen, undefined);
      }),
    );
  });

  it("before the first step is the policy that picked the first step", () => {
    const lived = new Lived("fcfs", 1).live([
      { what: "policy", which: 0, policy: "lifo" },
      { what: "add", which: 0, policy: "" },
      { what: "policy", which: 0, policy: "round-robin" },
      { what: "run", which: 2, policy: "" },
    ]);
    assert.equal(recordedOrder(livedRun(lived).run, 0).policyThen, "round-robin");
  });
});
