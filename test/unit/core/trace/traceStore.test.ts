import assert from "node:assert/strict";
import fc from "fast-check";
import type { SegmentFile, StepChunk, StepRecord } from "../../../../src/core/trace/trace";
import { TraceStore } from "../../../../src/core/trace/traceStore";
import { type Content, chunkOf, content, packed, piecesOf, points, recordsOf } from "../chunks";

const sizes = fc.array(fc.integer({ min: 1, max: 20 }), { minLength: 1 });
const segmentSteps = fc.integer({ min: 1, max: 9 });

function storeOf(contents: readonly Content[], chunkSizes: readonly number[], steps: number, file?: SegmentFile): TraceStore {
  const store = new TraceStore(file, steps);
  store.addPoints(points);
  for (const [index, piece] of piecesOf(contents, chunkSizes).entries()) {
    const chunk = chunkOf(store.length + 1, piece);
    store.append(index % 2 === 0 ? chunk : packed(chunk));
  }
  return store;
}

function totalsOf(records: readonly StepRecord[], tasks: number) {
  return Array.from({ length: tasks }, (_, id) => {
    const own = records.filter(({ task }) => task === id);
    return {
      steps: own.length,
      micros: own.reduce((sum, { micros }) => sum + micros, 0),
      lastStep: own.at(-1)?.step ?? 0,
    };
  });
}

describe("TraceStore", () => {
  it("equals the plain list of its steps, for any window, chunk and segment", () => {
    fc.assert(
      fc.property(
        fc.array(content, { maxLength: 60 }),
        sizes,
        segmentSteps,
        fc.nat(70),
        fc.nat(70),
        (contents, by, steps, from, count) => {
          const store = storeOf(contents, by, steps);
          const records = recordsOf(contents);
          assert.equal(store.length, records.length);
          assert.deepEqual(store.window(1, store.length), records);
          const start = Math.max(1, from) - 1;
          assert.deepEqual(store.window(from, count), records.slice(start, start + count));
        },
      ),
    );
  });

  it("sums up what every task had done by any step", () => {
    fc.assert(
      fc.property(fc.array(content, { maxLength: 60 }), sizes, segmentSteps, fc.nat(60), (contents, by, steps, at) => {
        const store = storeOf(contents, by, steps);
        const step = Math.min(at, store.length);
        assert.deepEqual(store.totals(step, 6), totalsOf(recordsOf(contents).slice(0, step), 6));
      }),
    );
  });

  it("reports a step that does not exist", () => {
    const store = storeOf([{ task: 0, event: "yielded", value: "1", point: 0, micros: 1 }], [1], 4);
    for (const step of [-1, 0, 2, 5, Number.NaN]) assert.throws(() => store.at(step), RangeError);
  });

  for (const segmentSteps of [1, 2]) {
    it(`knows its memory use, if a chunk of one step is a segment of ${segmentSteps} or a part of it`, () => {
      const store = new TraceStore(undefined, segmentSteps);
      const text = "x".repeat(1_000);
      for (let step = 1; step <= 6; step += 1) {
        const before = store.bytes;
        store.append(chunkOf(step, [{ task: 0, event: "yielded", value: `${step}${text}`, point: 0, micros: 0 }]));
        assert.ok(store.bytes >= before + 2_000);
      }
    });
  }

  it("does not read a segment again that was just written, because a live view reads it next", () => {
    const read: number[] = [];
    const kept: StepChunk[] = [];
    const file: SegmentFile = {
      bytes: 0,
      write: (segment) => void kept.push(segment),
      read: (number) => {
        read.push(number);
        return kept[number] as StepChunk;
      },
    };
    const store = new TraceStore(file, 1);
    const follow = (step: number) => store.at(step).step;
    for (let step = 1; step <= 100; step += 1) {
      store.append(chunkOf(step, [{ task: 0, event: "yielded", value: "1", point: 0, micros: 1 }]));
      assert.equal(follow(step), step);
    }
    assert.deepEqual(read, []);
    assert.equal(follow(1), 1);
    assert.deepEqual(read, [0]);
  });

  it("stores a chunk that is a whole segment unchanged, unless it has more values than steps", () => {
    const kept: StepChunk[] = [];
    const file: SegmentFile = {
      bytes: 0,
      write: (segment) => void kept.push(segment),
      read: (number) => kept[number] as StepChunk,
    };
    const store = new TraceStore(file, 1);
    const whole = chunkOf(1, [{ task: 0, event: "yielded", value: "1", point: 0, micros: 1 }]);
    const padded = { ...whole, first: 2, values: ["1", "a value that no step has"] };
    store.append(whole);
    store.append(padded);
    assert.equal(kept[0], whole);
    assert.equal(kept[1]?.values.length, 1);
  });
});

describe("TraceStore rejects a chunk", () => {
  const good = chunkOf(1, [{ task: 0, event: "yielded", value: "1", point: 1, micros: 0 }]);
  const bad: Record<string, StepChunk> = {
    "that leaves steps out": { ...good, first: 2 },
    "that comes again": { ...good, first: 0 },
    "without a number": { ...good, first: Number.NaN },
    "of a task that is not there": { ...good, task: Uint16Array.of(2) },
    "with a yield point that was not announced": { ...good, point: Uint16Array.of(9) },
    "with a value that it does not hold": { ...good, value: Uint16Array.of(1) },
  };
  for (const [what, chunk] of Object.entries(bad)) {
    it(`${what}, and stays unchanged`, () => {
      const store = new TraceStore();
      store.addPoints(points);
      assert.throws(() => store.append(chunk, 2), RangeError);
      assert.equal(store.length, 0);
      store.append(good);
      assert.equal(store.at(1).value, "1");
    });
  }
});
