/** The levels of detail that the timeline keeps, when replies and views of a short run cross. */
import assert from "node:assert/strict";
import type { Level, Question } from "../../../src/core/timeline/level";
import { LevelKeeper, type Need } from "../../../src/panel/timeline/levels";

/** A request that the host has not answered yet. */
interface Asked {
  readonly question: Question;
  answer(head: number): Promise<void>;
}

describe("a level of the timeline", () => {
  let asked: Asked[];
  let draws: number;
  let keeper: LevelKeeper;

  beforeEach(() => {
    asked = [];
    draws = 0;
    const ask = (question: Question) =>
      new Promise<Level>((resolve) => {
        const answer = async (head: number) => {
          resolve(levelAt(head));
          await new Promise(setImmediate);
        };
        asked.push({ question, answer });
      });
    keeper = new LevelKeeper(
      ask,
      () => {
        draws += 1;
      },
      assert.fail,
    );
  });

  /** What the timeline needs for a run of so many steps. */
  const needAt = (head: number): Need => ({
    axis: "step",
    span: { from: 0, to: 64 },
    buckets: 64,
    lanes: [{ tasks: [0] }],
    below: [],
    head,
    beyond: 0,
  });

  it("is requested again after a view that came while the level of an earlier head was prepared", async () => {
    const prepared = keeper.prepare(needAt(2));
    keeper.need(needAt(4)); // the paused view is drawn without waiting for what was prepared
    assert.equal(asked.length, 1);
    await asked[0]?.answer(2);
    await prepared;
    assert.equal(draws, 1);
    keeper.need(needAt(4)); // as after every drawing
    await asked[1]?.answer(4);
    assert.equal(keeper.kept?.level.end.step, 4);
  });

  it("is not replaced by one that was prepared before it", async () => {
    const prepared = keeper.prepare(needAt(2));
    await asked[0]?.answer(2);
    await prepared;
    keeper.need(needAt(4));
    await asked[1]?.answer(4);
    keeper.advance();
    assert.equal(keeper.kept?.level.end.step, 4);
  });
});

function levelAt(head: number): Level {
  const none = new Float64Array();
  const blocks = {
    first: Float64Array.of(1, head + 1),
    time: Float64Array.of(0, head),
    entry: Uint32Array.of(0, 1),
    key: Uint16Array.of(0),
    steps: Uint32Array.of(head),
    micros: Float64Array.of(head),
    longest: Float32Array.of(1),
    longestStep: Float64Array.of(1),
    flags: Uint8Array.of(0),
  };
  return { axis: "step", end: { step: head, micros: head }, long: 1_000, lives: [null], waits: [none], blocks };
}
