import assert from "node:assert/strict";
import { outcomeOf } from "../../../../src/session/view/scheduleOutcome";
import { Lived } from "../../core/policies/deeds";
import { livedRun } from "../recording/viewed";

describe("the outcome of a run", () => {
  it("has its schedule", async () => {
    const { schedule, noSchedule } = await outcomeOf(livedRun(new Lived("fcfs", 1)));
    assert.deepEqual([schedule, noSchedule], ['fcfs; "t0()";', undefined]);
  });

  it("says that there is none because it is too long", async () => {
    const lived = new Lived("fcfs", 1);
    lived.program.scheduler.add("long", "x".repeat(5_000_000));
    const { policy, schedule, noSchedule } = await outcomeOf(livedRun(lived));
    assert.deepEqual([policy, schedule], ["fcfs", undefined]);
    assert.match(noSchedule ?? "", /^The schedule has 5,000,0\d\d characters, more than can be shown\.$/);
  });
});
