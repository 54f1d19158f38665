/** Context switches and preemptions, counted from the steps and the rows of the wait log. */
import assert from "node:assert/strict";
import fc from "fast-check";
import { SwitchCounter } from "../../../../src/core/analysis/switches";
import type { StepEvent } from "../../../../src/core/trace/trace";
import { TraceStore } from "../../../../src/core/trace/traceStore";
import { type RowKind, rowKind, type WaitRows } from "../../../../src/core/waiting/rows";
import { chunkOf, content, points } from "../chunks";

type Row = readonly [step: number, task: number, kind: RowKind];
const { blockAcquire, grant, wake, outside } = rowKind;

function rowsOf(rows: readonly Row[]): WaitRows {
  return {
    base: 0,
    offset: Uint32Array.from(rows, ([step]) => step),
    task: Uint16Array.from(rows, ([, task]) => task),
    kind: Uint8Array.from(rows, ([, , kind]) => kind),
    object: new Uint32Array(rows.length).fill(1),
    numbers: new Float64Array(1),
  };
}

/** @param steps each as its task, or as its task and how it ended */
function counted(steps: readonly (number | readonly [number, StepEvent])[], ...batches: readonly Row[][]) {
  const contents = steps.map((step) => {
    const [task, event] = typeof step === "number" ? ([step, "yielded"] as const) : step;
    return { task, event, value: "", point: 0, micros: 1 };
  });
  const trace = new TraceStore();
  trace.append(chunkOf(1, contents), 3);
  const counter = new SwitchCounter(trace, batches.map(rowsOf));
  while (!counter.isComplete) counter.advance(2);
  return [counter.switches, counter.preemptions];
}

describe("switches", () => {
  it("are preemptions where the task before could have gone on", () => {
    assert.deepEqual(counted([]), [0, 0]);
    assert.deepEqual(counted([0, 0, 1, 1, 0]), [2, 2]);
    assert.deepEqual(counted([0, [0, "returned"], 1, [1, "threw"], 2, [2, "closed"], 0]), [3, 0]);
  });

  it("are none where it waits, however long ago the rows of other tasks came", () => {
    // Task 1 waits from step 2 on, and gets the lock in step 4. In step 6 it waits again, but is woken right after.
    const rows: Row[] = [
      [2, 1, blockAcquire],
      [4, 1, grant],
      [6, 1, blockAcquire],
      [6, 1, outside],
      [6, 1, wake],
    ];
    const steps = [0, 1, 0, 0, 1, 1, 0];
    assert.deepEqual(counted(steps, rows), [4, 3]);
    assert.deepEqual(counted(steps, rows.slice(0, 1), [], rows.slice(1)), [4, 3]);
  });

  it("are the same in whatever pieces they are counted", () => {
    fc.assert(
      fc.property(fc.array(content, { maxLength: 40 }), fc.integer({ min: 1, max: 9 }), (contents, most) => {
        const trace = new TraceStore(undefined, 7);
        trace.addPoints(points);
        trace.append(chunkOf(1, contents), 5);
        const counter = new SwitchCounter(trace, []);
        while (!counter.isComplete) counter.advance(most);
        const switched = contents.filter(({ task }, index) => index > 0 && contents[index - 1]?.task !== task);
        assert.equal(counter.switches, switched.length);
      }),
    );
  });
});
