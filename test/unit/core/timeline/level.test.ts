import assert from "node:assert/strict";
import fc from "fast-check";
import { type Blocks, edge, flag, lengthOf } from "../../../../src/core/timeline/blocks";
import { TimelineIndex } from "../../../../src/core/timeline/index";
import { type Level, levelOf, type Question } from "../../../../src/core/timeline/level";
import { TraceStore } from "../../../../src/core/trace/traceStore";
import { type Content, chunkOf, piecesOf, points } from "../chunks";

/** Durations that add up without rounding, with an occasional long one. Most events are yields, as in a real run. */
const content: fc.Arbitrary<Content> = fc.record({
  task: fc.nat(4),
  event: fc.constantFrom("yielded", "yielded", "yielded", "returned", "threw", "closed"),
  value: fc.constant("1"),
  point: fc.constant(0),
  micros: fc.oneof(
    fc.nat(8).map((quarters) => quarters / 4),
    fc.constantFrom(0, 1_000, 262_144),
  ),
});

const contents = fc.array(content, { minLength: 1, maxLength: 400 });
const lanes: fc.Arbitrary<number[][]> = fc.constantFrom([[0], [1], [2], [3], [4]], [[3], [0, 1, 2, 4]], [[2]], [[0, 1, 2, 3, 4]]);

/** A window as fractions of the whole, on either axis. */
const view = fc.record({
  axis: fc.constantFrom("step" as const, "time" as const),
  from: fc.double({ min: 0, max: 1, noNaN: true }),
  share: fc.double({ min: 0, max: 1, noNaN: true }),
  buckets: fc.integer({ min: 1, max: 64 }),
  lanes,
});

interface Slice extends Content {
  readonly step: number;
  readonly begins: number;
  readonly ends: number;
  readonly isPrinted: boolean;
}

function slicesOf(contents: readonly Content[], printed: readonly number[], axis: "step" | "time"): Slice[] {
  let time = 0;
  return contents.map((each, index) => {
    const begins = axis === "step" ? index : time;
    time += each.micros;
    const ends = axis === "step" ? index + 1 : time;
    return { ...each, step: index + 1, begins, ends, isPrinted: printed.includes(index + 1) };
  });
}

function indexOf(contents: readonly Content[], segmentSteps: number, printed: readonly number[]): [TraceStore, TimelineIndex] {
  const trace = new TraceStore(undefined, segmentSteps);
  trace.addPoints(points);
  for (const piece of piecesOf(contents, [37])) trace.append(chunkOf(trace.length + 1, piece));
  const stepsWithin = (from: number, to: number) => printed.filter((step) => step >= from && step <= to);
  return [trace, new TimelineIndex(trace, { stepsWithin, countWithin: (from, to) => stepsWithin(from, to).length })];
}

function run<T>(work: Generator<void, T>): T {
  for (;;) {
    const next = work.next();
    if (next.done) return next.value;
  }
}

function sum(blocks: Blocks, lane: number) {
  const found = { steps: 0, micros: 0, longest: 0, returned: 0, threw: 0, closed: 0, printed: 0 };
  blocks.key.forEach((key, at) => {
    if (key !== lane) return;
    found.steps += blocks.steps[at] ?? 0;
    found.micros += blocks.micros[at] ?? 0;
    found.longest = Math.max(found.longest, blocks.longest[at] ?? 0);
    for (const name of Object.keys(flag) as (keyof typeof flag)[]) found[name] += (blocks.flags[at] ?? 0) & flag[name] ? 1 : 0;
  });
  return found;
}

const setting = fc.tuple(contents, fc.integer({ min: 1, max: 150 }), fc.array(fc.integer({ min: 1, max: 400 })), view);

/** The answer to a random request, with the slices of the plain trace that its blocks stand for. */
function answered([contents, segmentSteps, printed, view]: typeof setting extends fc.Arbitrary<infer T> ? T : never) {
  const steps = [...new Set(printed)].filter((step) => step <= contents.length).sort((one, other) => one - other);
  const [, index] = indexOf(contents, segmentSteps, steps);
  const slices = slicesOf(contents, steps, view.axis);
  const end = slices.at(-1)?.ends ?? 0;
  const from = view.from * end;
  const question: Question = { ...view, from, to: Math.min(end, from + view.share * end) };
  const level = run(levelOf(index, question));
  const [first, next] = [level.blocks.first[0] ?? 1, level.blocks.first.at(-1) ?? 1];
  return { question, level, slices, seen: slices.filter(({ step }) => step >= first && step < next) };
}

describe("a level of detail", () => {
  it("loses no return, throw, close or output in the window, and invents none", () => {
    fc.assert(
      fc.property(setting, (given) => {
        const { question, level, slices, seen } = answered(given);
        const missed = slices.filter(({ begins, ends }) => ends > question.from && begins < question.to);
        for (const { step } of missed)
          assert.ok(
            seen.some((slice) => slice.step === step),
            `step ${step} is not there`,
          );
        for (const { step, task, event, isPrinted } of seen) {
          const lane = question.lanes.findIndex((tasks) => tasks.includes(task));
          if (lane < 0) continue;
          const at = entryOf(level, step, lane);
          if (event !== "yielded") assert.ok((level.blocks.flags[at] ?? 0) & flag[event], `step ${step} ${event}`);
          if (isPrinted) assert.ok((level.blocks.flags[at] ?? 0) & flag.printed);
        }
        question.lanes.forEach((tasks, lane) => {
          const own = seen.filter(({ task }) => tasks.includes(task));
          for (const name of ["returned", "threw", "closed"] as const) {
            const there = own.some(({ event }) => event === name);
            assert.equal(sum(level.blocks, lane)[name] > 0, there);
          }
        });
      }),
      { numRuns: 500 },
    );
  });

  it("has the same sums in every block as the plain trace, and the longest slice", () => {
    fc.assert(
      fc.property(setting, (given) => {
        const { question, level, slices, seen } = answered(given);
        const { blocks } = level;
        question.lanes.forEach((tasks, lane) => {
          const own = seen.filter(({ task }) => tasks.includes(task));
          const { steps, micros, longest } = sum(blocks, lane);
          assert.deepEqual(
            [steps, micros, longest],
            [
              own.length,
              own.reduce((sum, { micros }) => sum + micros, 0),
              own.reduce((most, each) => Math.max(most, each.micros), 0),
            ],
          );
        });
        for (let index = 0; index < lengthOf(blocks); index += 1) {
          const here = slices.slice((blocks.first[index] ?? 1) - 1, (blocks.first[index + 1] ?? 1) - 1);
          assert.ok(here.length > 0);
          assert.equal(edge(blocks, question.axis, index), here[0]?.begins);
          assert.equal(edge(blocks, question.axis, index + 1), here.at(-1)?.ends);
          for (let at = blocks.entry[index] ?? 0; at < (blocks.entry[index + 1] ?? 0); at += 1) {
            const own = here.filter(({ task }) => question.lanes[blocks.key[at] ?? 0]?.includes(task));
            assert.equal(blocks.steps[at], own.length);
            const longest = Math.max(...own.map(({ micros }) => micros));
            assert.equal(blocks.longestStep[at], own.find(({ micros }) => micros === longest)?.step);
          }
        }
      }),
      { numRuns: 500 },
    );
  });

  it("marks the first of several equally long slices, whatever the order of tasks", () => {
    const micros = [0, 9, 9, 0];
    const slices = micros.map(
      (micros, index): Content => ({ task: index === 1 ? 1 : 0, event: "yielded", value: "", point: 0, micros }),
    );
    const [, index] = indexOf(slices, 4, []);
    const { blocks } = run(levelOf(index, { axis: "step", from: 0, to: 4, buckets: 1, lanes: [[0, 1]] }));
    assert.deepEqual([...blocks.longestStep], [2]);
  });

  it("has at most the requested number of blocks, except at the borders", () => {
    fc.assert(
      fc.property(setting, (given) => {
        const { question, level } = answered(given);
        assert.ok(lengthOf(level.blocks) <= question.buckets + 3);
      }),
    );
  });

  it("is the same however the trace has grown, and includes late output", () => {
    fc.assert(
      fc.property(contents, fc.integer({ min: 1, max: 90 }), fc.nat(400), (contents, segmentSteps, at) => {
        const printed: number[] = [];
        const trace = new TraceStore(undefined, segmentSteps);
        const stepsWithin = (from: number, to: number) => printed.filter((step) => step >= from && step <= to);
        const index = new TimelineIndex(trace, { stepsWithin, countWithin: (from, to) => stepsWithin(from, to).length });
        const question: Question = { axis: "time", from: 0, to: 1e9, buckets: 40, lanes: [[0], [1], [2], [3], [4]] };
        trace.addPoints(points);
        for (const piece of piecesOf(contents, [1 + at])) {
          trace.append(chunkOf(trace.length + 1, piece));
          run(levelOf(index, question));
        }
        printed.push(1 + (at % contents.length));
        const [, fresh] = indexOf(contents, segmentSteps, printed);
        assert.deepEqual(run(levelOf(index, question)), run(levelOf(fresh, question)));
      }),
    );
  });

  it("is the same for several concurrent requests, computed in turn", () => {
    const steps = 20_000; // several pieces of one segment, and of the next one
    const contents = Array.from({ length: steps }, (_, step) => ({
      task: step % 3,
      event: step % 5_000 === 4_999 ? ("threw" as const) : ("yielded" as const),
      value: "1",
      point: 0,
      micros: (step % 7) / 4,
    }));
    const question: Question = { axis: "step", from: 0, to: steps, buckets: 20, lanes: [[0], [1], [2]] };
    const [, alone] = indexOf(contents, 16_384, [6_000]);
    const expected = run(levelOf(alone, question));
    const [, shared] = indexOf(contents, 16_384, [6_000]);
    const asking = [1, 2, 3].map(() => levelOf(shared, question));
    const levels: Level[] = [];
    let turns = 0;
    while (levels.length < asking.length) {
      const next = asking[turns % asking.length]?.next();
      if (next?.done && next.value) levels.push(next.value);
      turns += 1;
    }
    for (const level of levels) assert.deepEqual(level, expected);
    assert.ok(turns > 10, `${turns} turns`);
  });

  describe("during another request", () => {
    const steps = 10_000; // several pieces
    const contents = Array.from({ length: steps }, () => {
      return { task: 0, event: "yielded" as const, value: "1", point: 0, micros: 1 };
    });
    const asked = (to: number): Question => ({ axis: "step", from: 0, to, buckets: 1, lanes: [[0]] });

    it("includes output that arrives between two pieces", () => {
      const printed: number[] = [];
      const [, index] = indexOf(contents, 16_384, printed);
      const first = levelOf(index, asked(steps));
      first.next();
      printed.push(5);
      run(first);
      const { blocks } = run(levelOf(index, asked(steps)));
      assert.ok(blocks.flags.some((flags) => flags & flag.printed));
    });

    it("includes steps that arrived after the other request", () => {
      const [trace, index] = indexOf(contents, 16_384, []);
      const first = levelOf(index, asked(steps));
      first.next();
      trace.append(chunkOf(steps + 1, contents.slice(0, 1_000)));
      const second = levelOf(index, asked(steps + 1_000));
      second.next();
      run(first);
      assert.equal(run(second).end.step, steps + 1_000);
    });
  });

  it("knows when each task existed", () => {
    const step = (task: number, event: Content["event"], micros: number): Content => ({
      task,
      event,
      value: "1",
      point: 0,
      micros,
    });
    const contents = [step(0, "yielded", 2), step(1, "yielded", 4), step(0, "returned", 8), step(1, "yielded", 16)];
    const [, index] = indexOf(contents, 3, []);
    const lanes = [[0], [1], [2], [0, 1]];
    const bySteps = run(levelOf(index, { axis: "step", from: 0, to: 4, buckets: 9, lanes }));
    assert.deepEqual(bySteps.lives, [{ from: 0, to: 3 }, { from: 1, to: 4 }, null, null]);
    const byTime = run(levelOf(index, { axis: "time", from: 0, to: 30, buckets: 9, lanes }));
    assert.deepEqual(byTime.lives, [{ from: 0, to: 14 }, { from: 2, to: 30 }, null, null]);
  });
});

function entryOf({ blocks }: Level, step: number, lane: number): number {
  let index = 0;
  while ((blocks.first[index + 1] ?? Number.POSITIVE_INFINITY) <= step) index += 1;
  for (let at = blocks.entry[index] ?? 0; at < (blocks.entry[index + 1] ?? 0); at += 1) if (blocks.key[at] === lane) return at;
  throw new Error(`Step ${step} has no entry in lane ${lane}.`);
}
