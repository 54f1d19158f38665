import assert from "node:assert/strict";
import type { ExploredOutcome } from "../../../../src/protocol/explore";
import { MetOutcomes, together } from "../../../../src/session/explore/metOutcomes";

const outcome = (value: string): ExploredOutcome => ({
  end: "all",
  tasks: [{ name: "counts", state: "returned", value }],
  watches: [],
});

/** What processes tell: two of them tell of the same outcomes, the first one twice. */
const told = [
  [1, [{ id: 0, orders: 2, outcome: outcome("1"), witness: [0, 1, 1, 0], deviations: 3 }]],
  [1, [{ id: 0, orders: 1, witness: [0, 1, 0, 1], deviations: 1 }]],
  [2, [{ id: 0, orders: 3, outcome: outcome("2"), witness: [1, 0, 1], deviations: 2 }]],
  [2, [{ id: 1, orders: 0, outcome: outcome("1"), witness: [1, 0, 1, 0], deviations: 1 }]],
] as const;

function met(order: readonly number[]) {
  const all = new MetOutcomes(true);
  for (const at of order) {
    const [process, outcomes] = told[at] as (typeof told)[number];
    all.take(
      process,
      outcomes.map((each) => ({ ...each, witness: [...each.witness] })),
    );
  }
  return all.all.map(({ outcome, orders, witness, deviations }) => [outcome.tasks[0]?.value, orders, witness, deviations]);
}

describe("the outcomes that several processes met", () => {
  it("are the same, whoever tells first, with the calmest witness", () => {
    const expected = [
      ["1", 3, [0, 1, 0, 1], 1],
      ["2", 3, [1, 0, 1], 2],
    ];
    for (const order of [
      [0, 1, 2, 3],
      [2, 3, 0, 1],
      [0, 2, 1, 3],
      [2, 0, 3, 1],
    ]) {
      assert.deepEqual(met(order), expected);
    }
  });

  it("are the same when those of two strategies are put together", () => {
    const one = new MetOutcomes(true);
    one.take(1, [{ id: 0, orders: 1, outcome: outcome("1"), witness: [0, 1, 1, 0], deviations: 0 }]);
    const other = new MetOutcomes(true);
    other.take(2, [{ id: 0, orders: 1, outcome: outcome("1"), witness: [0, 1, 0], deviations: 2 }]);
    other.take(2, [{ id: 1, orders: 2, outcome: outcome("2"), witness: [1, 1], deviations: 0 }]);
    assert.deepEqual(together(one.all, other.all), together(other.all, one.all));
    assert.deepEqual(
      together(one.all, other.all).map(({ orders, deviations }) => [orders, deviations]),
      [
        [2, 0],
        [2, 0],
      ],
    );
  });
});
