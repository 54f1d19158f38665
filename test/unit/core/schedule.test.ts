import assert from "node:assert/strict";
import { pickAt, planLength } from "../../../src/core/schedule";
import { isOver, uniqueName } from "../../../src/core/task";

describe("a plan", () => {
  it("repeats its picks", () => {
    const plan = { picks: [3, 1], times: 2 };
    assert.equal(planLength(plan), 4);
    assert.deepEqual(
      [0, 1, 2, 3].map((index) => pickAt(plan, index)),
      [3, 1, 3, 1],
    );
    assert.throws(() => pickAt(plan, 4), RangeError);
  });
});

describe("uniqueName", () => {
  it("counts from 2 and fills gaps", () => {
    assert.equal(uniqueName("counter", []), "counter");
    assert.equal(uniqueName("counter", ["counter"]), "counter #2");
    assert.equal(uniqueName("counter", ["counter", "counter #3"]), "counter #2");
    assert.equal(uniqueName("counter", ["counter", "counter #2", "counter #3"]), "counter #4");
  });
});

describe("isOver", () => {
  it("is true for the states that no task leaves", () => {
    const over = (["created", "ready", "running", "blocked", "returned", "threw", "closed"] as const).filter(isOver);
    assert.deepEqual(over, ["returned", "threw", "closed"]);
  });
});
