import assert from "node:assert/strict";
import { type RowKind, rowKind, type WaitRows } from "../../../src/core/waiting/rows";
import { StepWaits } from "../../../src/core/waiting/stepWaits";
import { WaitState } from "../../../src/core/waiting/waitState";

/** Rows of step, kind, task and object. */
function rowsOf(numbers: number[], ...rows: readonly (readonly [number, RowKind, number, number])[]): WaitRows {
  return {
    base: 0,
    offset: Uint32Array.from(rows, ([step]) => step),
    kind: Uint8Array.from(rows, ([, kind]) => kind),
    task: Uint16Array.from(rows, ([, , task]) => task),
    object: Uint32Array.from(rows, ([, , , object]) => object),
    numbers: Float64Array.from(numbers),
  };
}

function stepsOf(rows: WaitRows): StepWaits<string> {
  const source = { from: () => [rows], at: () => new WaitState() };
  return new StepWaits(source, 1, ({ parts }) => parts.map(({ due }) => due).join());
}

describe("the clock of a simulation", () => {
  const rows = rowsOf([2.5, 7], [1, rowKind.simulated, 0, 0], [1, rowKind.blockSleep, 0, 1], [3, rowKind.simulated, 0, 1]);

  it("shows the last time up to a step, also in a copy and after it was packed", () => {
    const state = new WaitState();
    assert.equal(state.simulated, undefined);
    state.apply(rows, 0, 2);
    assert.equal(state.simulated, 2.5);
    assert.equal(state.copy().simulated, 2.5);
    assert.equal(WaitState.unpack(structuredClone(state.pack())).simulated, 2.5);
    assert.equal(WaitState.unpack(structuredClone(new WaitState().pack())).simulated, undefined);
  });

  it("is told with each step, whether or not it has rows", () => {
    const steps = stepsOf(rows);
    assert.deepEqual(
      [1, 2, 3].map((step) => steps.of(step, 0)),
      [
        { waits: "7", ended: [], simulated: 2.5 },
        { ended: [], simulated: 2.5 },
        { ended: [], simulated: 7 },
      ],
    );
  });
});

describe("a task that is granted something while it waits for something else", () => {
  it("goes on waiting, and is not told as woken", () => {
    const { blockSleep, grant, wake } = rowKind;
    const steps = stepsOf(rowsOf([9], [1, blockSleep, 0, 0], [2, grant, 0, 1], [2, blockSleep, 0, 0], [3, wake, 0, 0]));
    assert.deepEqual(
      [1, 2, 3].map((step) => steps.of(step, 1).ended),
      [[], [], [{ task: 0, isWoken: true }]],
    );
  });
});
