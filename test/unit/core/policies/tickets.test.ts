import assert from "node:assert/strict";
import fc from "fast-check";
import { oneOf } from "../../../../src/core/policies/randomDraws";
import { Tickets } from "../../../../src/core/policies/tickets";

/** Never empty, since a policy is not asked if no task is ready. */
const held = fc
  .array(fc.oneof(fc.constantFrom(0, 1), fc.nat(9), fc.integer({ min: 1, max: 1_000_000 })), { minLength: 1, maxLength: 300 })
  .filter((tickets) => tickets.some((count) => count > 0));
const drawn = fc.array(fc.oneof(fc.constantFrom(0, 2 ** 31, 2 ** 32 - 1), fc.nat(2 ** 32 - 1)), { minLength: 1, maxLength: 50 });

/** Finds the holder of a ticket by counting task by task. */
function counted(tickets: readonly number[], ticket: number): number {
  for (let task = 0, left = ticket; ; left -= tickets[task] as number, task += 1) {
    if (left < (tickets[task] as number)) return task;
  }
}

describe("the tickets of a lottery", () => {
  it("have the same holders as found by counting, for any numbers of tickets", () => {
    fc.assert(
      fc.property(held, drawn, (counts, numbers) => {
        const tickets = new Tickets(counts);
        assert.equal(
          tickets.total,
          counts.reduce((sum, count) => sum + count, 0),
        );
        for (const number of numbers) assert.equal(tickets.holder(number), counted(counts, oneOf(tickets.total, number)));
      }),
      { numRuns: 500 },
    );
  });

  it("are equal shares if all tasks hold the same number", () => {
    const tickets = new Tickets(new Array<number>(10_000).fill(7));
    for (let task = 0; task < 10_000; task += 1) assert.equal(tickets.holder(Math.ceil((task * 2 ** 32) / 10_000)), task);
  });
});
