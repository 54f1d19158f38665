// A policy's ranking of the ready tasks is the order in which the policy itself would pick them.
import assert from "node:assert/strict";
import fc from "fast-check";
import { Ranking } from "../../../../src/core/explore/ranking";
import { rankingOf } from "../../../../src/core/explore/rankingRule";
import { makePolicy, parsePolicy } from "../../../../src/core/policies/parse";
import { Scheduler } from "../../../../src/core/scheduler/scheduler";

const quantum = fc.constantFrom("", "quantum=2", "quantum=3");
const numbers = fc.array(fc.tuple(fc.constantFrom("0", "2", "f", "f #2", "g"), fc.integer({ min: -2, max: 2 })), {
  maxLength: 3,
});
const ageing = fc.constantFrom("", "ageing=1", "ageing=3");

const anyPolicy = fc.oneof(
  fc.tuple(fc.constantFrom("round-robin", "fcfs", "lifo"), quantum).map(([name, given]) => textOf(name, [given])),
  fc.tuple(numbers, ageing, quantum).map(([given, ...others]) => {
    return textOf("priority", [...new Map(given)].map(([task, priority]) => `${task}=${priority}`).concat(others));
  }),
);

function textOf(name: string, given: readonly string[]): string {
  const parts = given.filter((part) => part !== "");
  return parts.length === 0 ? name : `${name}:${parts.join(",")}`;
}

/** One step of a run, which runs the task at a position in the ranking; then that task, and perhaps another one, changes. */
const anyStep = fc.record({
  position: fc.nat(6),
  after: fc.constantFrom("stays", "stays", "stays", "waits", "ends"),
  wakes: fc.boolean(),
  adds: fc.integer({ min: 0, max: 9 }).map((one) => one === 0),
});

/** The ready tasks in the order in which the policy picks them if the earlier ones are held back. */
function picked(scheduler: Scheduler): number[] {
  const copy = scheduler.copy();
  const order: number[] = [];
  for (let { next } = copy; next !== undefined; next = copy.next) {
    order.push(next);
    copy.hold(next);
  }
  return order;
}

describe("a ranking", () => {
  it("is the order in which the policy would pick the tasks, whoever runs", () => {
    fc.assert(
      fc.property(anyPolicy, fc.array(anyStep, { maxLength: 30 }), (text, steps) => {
        const choice = parsePolicy(text);
        const scheduler = new Scheduler(makePolicy(choice), text);
        const ranking = new Ranking(rankingOf(choice), (task) => scheduler.tasks[task]?.name ?? "");
        ranking.begin();
        const add = (name: string) => ranking.enter(scheduler.add(name, `${name}()`).id);
        for (const name of ["f", "g", "f", "h"]) add(name);
        for (const { position, after, wakes, adds } of steps) {
          const order = ranking.order(scheduler.ready);
          assert.deepEqual(order, picked(scheduler), text);
          const task = order[position % Math.max(1, order.length)];
          if (task === undefined) break;
          ranking.ran(task);
          scheduler.apply({ picks: [task], times: 1 }, { ran: 1, last: after === "ends" ? "returned" : "yielded" });
          if (after === "waits") scheduler.hold(task);
          if (after !== "stays") ranking.leave(task);
          const woken = wakes ? scheduler.held[0] : undefined;
          if (woken !== undefined) {
            scheduler.release(woken);
            ranking.enter(woken);
          }
          if (adds) add("f");
        }
      }),
      { numRuns: 1_000 },
    );
  });

  it("has a task first to which another one has handed over, for one step", () => {
    const ranking = new Ranking(rankingOf(parsePolicy("fcfs")), () => "");
    ranking.begin();
    for (const task of [0, 1, 2]) ranking.enter(task);
    ranking.ran(0);
    ranking.handOver(2);
    assert.deepEqual(ranking.order([2, 1, 0]), [2, 0, 1]);
    ranking.ran(2);
    assert.deepEqual(ranking.order([1, 0, 2]), [0, 1, 2]);
  });

  it("is refused, in words, where a policy has none", () => {
    for (const name of ["random", "lottery", "pct:seed=3"])
      assert.throws(() => rankingOf(parsePolicy(name)), /Deviations from \w+ cannot be counted: it draws its picks\./);
    assert.throws(() => rankingOf(parsePolicy("fair")), {
      message: "Deviations from fair cannot be counted: its picks depend on measured run times.",
      remedy: "Choose one of round-robin, fcfs, lifo, priority.",
    });
  });
});
