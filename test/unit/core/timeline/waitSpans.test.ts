/** When tasks were blocked, computed from the rows of the wait log. */
import assert from "node:assert/strict";
import fc from "fast-check";
import { WaitSpans } from "../../../../src/core/timeline/waitSpans";
import { type RowKind, rowKind, type WaitRows } from "../../../../src/core/waiting/rows";

type Row = readonly [step: number, task: number, kind: RowKind];

function rowsOf(rows: readonly Row[]): WaitRows {
  return {
    base: 0,
    offset: Uint32Array.from(rows, ([step]) => step),
    task: Uint16Array.from(rows, ([, task]) => task),
    kind: Uint8Array.from(rows, ([, , kind]) => kind),
    object: new Uint32Array(rows.length),
    numbers: new Float64Array(1),
  };
}

function logOf(batches: readonly WaitRows[]) {
  return {
    from: (step: number) => batches.filter(({ base, offset }) => base + (offset.at(-1) ?? 0) >= step),
  };
}

function taken(spans: WaitSpans, ...batches: WaitRows[]): WaitSpans {
  for (const _ of spans.take(logOf(batches)));
  return spans;
}

const { blockAcquire, blockSleep, grant, wake, withdraw, group, blockTake } = rowKind;

describe("the waits in a timeline", () => {
  it("begin with the step that blocks a task and end with the one that wakes it", () => {
    const spans = taken(
      new WaitSpans(),
      rowsOf([
        [2, 0, blockAcquire],
        [5, 1, blockSleep],
        [9, 0, grant],
        [12, 1, wake],
      ]),
    );
    assert.deepEqual([...spans.within(0, 0, 20, 0)], [2, 9]);
    assert.deepEqual([...spans.within(1, 0, 20, 0)], [5, 12]);
  });

  it("continue to the end if nothing wakes the task, and are cut at the window", () => {
    const spans = taken(new WaitSpans(), rowsOf([[2, 0, blockAcquire]]));
    assert.deepEqual([...spans.within(0, 0, 20, 0)], [2, 20]);
    assert.deepEqual([...spans.within(0, 6, 8, 0)], [6, 8]);
    assert.deepEqual([...spans.within(0, 0, 2, 0)], []);
  });

  it("are one span for a wait for several things, which a close ends too", () => {
    const spans = taken(
      new WaitSpans(),
      rowsOf([
        [2, 0, group],
        [2, 0, blockTake],
        [2, 0, blockSleep],
        [7, 0, withdraw],
      ]),
    );
    assert.deepEqual([...spans.within(0, 0, 20, 0)], [2, 7]);
  });

  it("do not begin if the lock is free", () => {
    assert.deepEqual([...taken(new WaitSpans(), rowsOf([[2, 0, grant]])).within(0, 0, 20, 0)], []);
  });

  it("are merged if they are less than a pixel apart", () => {
    const spans = taken(
      new WaitSpans(),
      rowsOf([
        [1, 0, blockTake],
        [2, 0, wake],
        [4, 0, blockTake],
        [6, 0, wake],
      ]),
    );
    assert.deepEqual([...spans.within(0, 0, 20, 3)], [1, 6]);
    assert.deepEqual([...spans.within(0, 0, 20, 2)], [1, 2, 4, 6]);
  });

  it("stay few, and cover all waiting, in a run of any length", () => {
    const rows = Array.from({ length: 1_000 }, (_, index): Row[] => [
      [10 * index + 1, 0, blockTake],
      [10 * index + 5, 0, wake],
    ]).flat();
    const spans = taken(new WaitSpans(100), rowsOf(rows)).within(0, 0, 10_000, 0);
    assert.ok(spans.length / 2 <= 100, `${spans.length / 2}`);
    for (let index = 0; index < 1_000; index += 1) {
      const at = 10 * index + 3;
      assert.ok(spans.some((from, place) => place % 2 === 0 && from <= at && (spans[place + 1] ?? 0) >= at));
    }
  });

  it("are the same however the rows are divided into batches while they arrive", () => {
    const actions = fc.array(fc.tuple(fc.nat(2), fc.nat(3), fc.constantFrom<RowKind>(blockTake, wake, grant, withdraw)));
    fc.assert(
      fc.property(actions, fc.array(fc.nat(4)), (moves, cuts) => {
        let step = 1;
        const rows = moves.map(([ahead, task, kind]): Row => {
          step += ahead;
          return [step, task, kind];
        });
        const whole = taken(new WaitSpans(), rowsOf(rows));
        const cut = new WaitSpans();
        const batches: WaitRows[] = [];
        let at = 0;
        for (const size of [...cuts, rows.length]) {
          if (at >= rows.length) break;
          batches.push(rowsOf(rows.slice(at, at + size + 1)));
          at += size + 1;
          taken(cut, ...batches);
        }
        for (let task = 0; task < 4; task += 1) assert.deepEqual(cut.within(task, 0, step, 0), whole.within(task, 0, step, 0));
      }),
    );
  });
});
