// Replays by the package `cotasks` as it is published: how they end, and which step of a changed program goes another way.

import assert from "node:assert/strict";
import { createRequire } from "node:module";
import { resolve } from "node:path";
import type * as Cotasks from "../../../packages/cotasks/javascript";
import type * as Replays from "../../../packages/cotasks/javascript/replay";

const load = createRequire(resolve("out/cotasks/javascript/index.js"));
const { channel, closed, join, mutex, now, sleep, spawn } = load("./index.js") as typeof Cotasks;
const { ReplayError, replay } = load("./replay.js") as typeof Replays;

function* counts(times: number): Cotasks.Task<number> {
  for (let time = 0; time < times; time += 1) yield time;
  return times;
}

describe("replay", () => {
  it("resumes the tasks in the order of the picks", () => {
    const order: string[] = [];
    function* tells(name: string) {
      order.push(name);
      yield;
      order.push(name.toUpperCase());
    }
    const run = replay({ tasks: { a: () => tells("a"), b: () => tells("b") }, picks: [1, 1, 0, 0] });
    assert.deepEqual(order, ["b", "B", "a", "A"]);
    assert.deepEqual([run.end, run.failure, run.departure, run.steps], ["all", undefined, undefined, 4]);
  });

  it("serves requests under virtual time", () => {
    const items = channel<number>(0, "items");
    function* puts(): Cotasks.Task<number> {
      yield sleep(1000);
      yield items.put(7);
      items.close();
      return now();
    }
    function* takes(): Cotasks.Task {
      const first = yield items.take();
      return [first, (yield items.take()) === closed];
    }
    // The sleep ends at 1001: it began after step 1. Steps 3 to 5 take a millisecond each, and the time is read before step 5 is over.
    const run = replay({ tasks: { puts, takes }, picks: [0, 1, 0, 1, 0, 1] });
    assert.deepEqual([run.end, run.departure?.message], ["all", undefined]);
    assert.deepEqual(run.returns, { puts: 1003, takes: [7, true] });
  });

  it("numbers spawned tasks after the others", () => {
    function* parent(): Cotasks.Task<number> {
      const child = yield spawn(counts(1));
      return yield join(child);
    }
    const run = replay({ tasks: { parent }, picks: [0, 0, 1, 1, 0] });
    assert.deepEqual([run.end, run.returns.parent, run.departure], ["all", 1, undefined]);
  });

  it("says how it ended badly", () => {
    const [left, right] = [mutex("left"), mutex("right")];
    function* takes(first: Cotasks.Mutex, second: Cotasks.Mutex): Cotasks.Task<void> {
      yield first.acquire();
      yield second.acquire();
    }
    const tasks = { a: () => takes(left, right), b: () => takes(right, left) };
    const deadlock = replay({ tasks, picks: [0, 1, 0, 1] });
    assert.deepEqual([deadlock.end, deadlock.failure], ["deadlock", "Tasks wait for one another forever: a, b."]);
    // Resources begin anew in each replay.
    assert.equal(replay({ tasks: { a: tasks.a }, picks: [0, 0, 0] }).end, "all");
    const waits = replay({ tasks: { waitsFor }, picks: [0] });
    assert.equal(waits.end, "blocked");
    const threw = replay({
      tasks: {
        *throws() {
          yield 1;
          throw new TypeError("no");
        },
      },
      picks: [0, 0],
    });
    assert.deepEqual([threw.end, threw.failure], ["threw", "throws threw TypeError: no."]);
  });

  function* waitsFor(): Cotasks.Task<void> {
    yield channel().take();
  }

  it("ends at the first return, or where an invariant is broken", () => {
    const first = replay({ tasks: { a: () => counts(1), b: () => counts(5) }, picks: [0, 1, 0], until: "first" });
    assert.deepEqual([first.end, first.departure, first.returns], ["first", undefined, { a: 1 }]);
    let steps = 0;
    const invariant = () => {
      steps += 1;
      return steps < 3;
    };
    const broken = replay({ tasks: { a: () => counts(5) }, picks: [0, 0, 0], invariant });
    assert.deepEqual([broken.end, broken.steps, broken.failure], ["invariant", 3, "The invariant does not hold after step 3."]);
  });

  const departures: readonly (readonly [what: string, counts: number, picks: number[], step: number, message: RegExp])[] = [
    ["ended earlier", 1, [0, 0, 0, 1, 1], 3, /Step 3 went another way: a has ended/],
    ["was not spawned", 1, [2, 0, 0, 1, 1], 1, /Step 1 went another way: task 2 has not been spawned/],
    ["goes on after the last pick", 1, [0, 0, 1], 4, /Step 4 went another way: the schedule is over, but b is ready/],
    ["leaves picks over", 1, [0, 0, 1, 1, 0], 5, /Step 5 went another way: the run is over/],
  ];
  for (const [what, times, picks, step, message] of departures) {
    it(`names the step where a task ${what}`, () => {
      const options = { tasks: { a: () => counts(times), b: () => counts(times) }, picks };
      const { departure, end } = replay(options);
      assert.equal(end, "all");
      assert.match(departure?.message ?? "", message);
      assert.equal(departure?.step, step);
      assert.throws(() => replay({ ...options, strict: true }), ReplayError);
    });
  }

  it("does not wait for promises", () => {
    function* waits() {
      yield Promise.resolve(1);
    }
    assert.throws(
      () => replay({ tasks: { waits }, picks: [0, 0] }),
      /In step 1 waits waits for a promise, which a replay cannot do/,
    );
    // The next replay can begin.
    assert.equal(replay({ tasks: { a: () => counts(0) }, picks: [0] }).end, "all");
  });
});
