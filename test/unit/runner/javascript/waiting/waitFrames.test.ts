import assert from "node:assert/strict";
import { WaitRecorder } from "../../../../../src/core/waiting/recorder";
import { rowKind } from "../../../../../src/core/waiting/rows";
import { FrameReader, frameKind } from "../../../../../src/protocol/framing";
import { decodeWaits } from "../../../../../src/protocol/waits";
import { WaitFrames } from "../../../../../src/runner/javascript/waiting/waitFrames";

/** The tasks that the rows of a frame name. */
function tasksIn(frame: Uint8Array): number[] {
  const [read, ...others] = new FrameReader().push(frame.slice());
  assert.deepEqual([read?.kind, others], [frameKind.waits, []]);
  return [...decodeWaits(read?.payload ?? new Uint8Array()).task];
}

describe("frames of the wait log in shared memory", () => {
  it("are good until the turn after the next, however many rows they have and however many are made in a turn", () => {
    const frames = new WaitFrames();
    const recorder = new WaitRecorder();
    const frameOf = (rows: number, task: number): Uint8Array => {
      for (let row = 0; row < rows; row += 1) recorder.addNumber(rowKind.blockSleep, task, row);
      return frames.frame(recorder.takeRows());
    };
    let before: Uint8Array[] = [];
    let tasks: number[][] = [];
    for (const [turn, rows] of [1, 20_000, 3, 0, 50_000, 2].entries()) {
      const own = [frameOf(rows, turn), frameOf(5, turn)];
      assert.deepEqual(before.map(tasksIn), tasks);
      tasks = [rows, 5].map((count) => Array<number>(count).fill(turn));
      assert.deepEqual(own.map(tasksIn), tasks);
      before = own;
      frames.turn();
    }
    assert.ok(frameOf(1, 0).buffer instanceof SharedArrayBuffer);
  });
});
