/**
 * The timeline of tasks that ran at the same time: each slice is drawn where it was, also if it reaches beyond the window.
 */
import assert from "node:assert/strict";
import fc from "fast-check";
import { lengthOf } from "../../../../src/core/timeline/blocks";
import { TimelineIndex } from "../../../../src/core/timeline/index";
import { type Level, levelOf } from "../../../../src/core/timeline/level";
import { TraceStore } from "../../../../src/core/trace/traceStore";
import { chunkOf, points } from "../chunks";

interface Slice {
  readonly task: number;
  readonly from: number;
  readonly to: number;
}

/** The slices of up to four tasks, in the order in which they ended. */
const slices = fc
  .array(fc.array(fc.record({ pause: fc.nat(64), took: fc.integer({ min: 1, max: 256 }) }), { maxLength: 60 }), {
    minLength: 1,
    maxLength: 4,
  })
  .map((tasks) =>
    tasks
      .flatMap((own, task) => {
        let now = 0;
        return own.map(({ pause, took }): Slice => {
          const from = now + pause;
          now = from + took;
          return { task, from, to: now };
        });
      })
      .sort((one, other) => one.to - other.to),
  )
  .filter(({ length }) => length > 0);

function indexOf(all: readonly Slice[], segmentSteps: number): TimelineIndex {
  const trace = new TraceStore(undefined, segmentSteps);
  trace.addPoints(points);
  const contents = all.map(({ task, from, to }) => ({
    task,
    event: "yielded" as const,
    value: "1",
    point: 0,
    micros: to - from,
  }));
  trace.append({ ...chunkOf(1, contents), began: Float64Array.from(all, ({ from }) => from) });
  return new TimelineIndex(trace, { stepsWithin: () => [], countWithin: () => 0 });
}

function levelIn(index: TimelineIndex, from: number, to: number, buckets: number): Level {
  const work = levelOf(index, { axis: "time", from, to, buckets, lanes: [[0], [1], [2], [3]] });
  for (;;) {
    const next = work.next();
    if (next.done) return next.value;
  }
}

describe("the timeline of tasks that ran at the same time", () => {
  it("has every slice that overlaps a window, with its own times if there is room", () => {
    fc.assert(
      fc.property(
        slices,
        fc.constantFrom(5, 64, 65_536),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (all, segmentSteps, share) => {
          const index = indexOf(all, segmentSteps);
          const end = Math.max(...all.map(({ to }) => to));
          const from = Math.floor(share * end);
          const to = from + 40;
          const { blocks } = levelIn(index, from, to, 4_000);
          for (const slice of all.filter((each) => each.from < to && each.to > from)) {
            const isThere = blocks.key.some(
              (key, at) => key === slice.task && blocks.began?.[at] === slice.from && blocks.ended?.[at] === slice.to,
            );
            assert.ok(isThere, JSON.stringify({ slice, from, to, blocks }));
          }
        },
      ),
    );
  });

  it("covers all slices where several are drawn as one, and ends with the last of them", () => {
    fc.assert(
      fc.property(slices, fc.integer({ min: 1, max: 8 }), (all, buckets) => {
        const end = Math.max(...all.map(({ to }) => to));
        const level = levelIn(indexOf(all, 64), 0, end, buckets);
        const { blocks } = level;
        assert.equal(level.end.micros, end);
        assert.equal(
          blocks.steps.reduce((sum, steps) => sum + steps, 0),
          all.length,
        );
        for (const { task, from, to } of all) {
          const covers = blocks.key.some(
            (key, at) => key === task && (blocks.began?.[at] ?? Number.NaN) <= from && (blocks.ended?.[at] ?? Number.NaN) >= to,
          );
          assert.ok(covers);
        }
        for (let block = 0; block < lengthOf(blocks); block += 1) {
          assert.ok((blocks.time[block] as number) <= (blocks.time[block + 1] as number));
        }
      }),
    );
  });
});
