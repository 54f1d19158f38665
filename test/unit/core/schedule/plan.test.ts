import assert from "node:assert/strict";
import { isRing, pickAt, planLength } from "../../../../src/core/schedule/plan";
import { isOver, TaskNames } from "../../../../src/core/task";

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

  it("of a ring has the requested length, whatever tasks are in it", () => {
    assert.equal(planLength({ ring: [0, 1], steps: 7 }), 7);
    assert.equal(planLength({ ring: [], steps: 0 }), 0);
    assert.deepEqual([isRing({ ring: [], steps: 0 }), isRing({ picks: [1], times: 1 })], [true, false]);
  });
});

describe("the names of tasks", () => {
  const named = (...bases: string[]): string[] => {
    const names = new TaskNames();
    return bases.map((base) => names.unique(base));
  };

  it("are numbered from 2", () => {
    assert.deepEqual(named("counter", "bogosort", "counter", "counter"), ["counter", "bogosort", "counter #2", "counter #3"]);
  });

  it("are unique, whatever the functions are called", () => {
    assert.deepEqual(named("counter #2", "counter", "counter", "counter #2"), [
      "counter #2",
      "counter",
      "counter #3",
      "counter #2 #2",
    ]);
  });
});

describe("isOver", () => {
  it("is true for final states", () => {
    const over = (["created", "ready", "running", "blocked", "returned", "threw", "closed"] as const).filter(isOver);
    assert.deepEqual(over, ["returned", "threw", "closed"]);
  });
});
