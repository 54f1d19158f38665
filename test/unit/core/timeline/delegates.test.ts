import assert from "node:assert/strict";
import fc from "fast-check";
import { functionOf, type Task } from "../../../../src/core/task";
import { Delegates } from "../../../../src/core/timeline/delegates";
import type { Question } from "../../../../src/core/timeline/level";
import { TraceStore } from "../../../../src/core/trace/traceStore";
import { timelineOf } from "../../../../src/session/analysis/timeline";
import { type Content, chunkOf, content, piecesOf, points } from "../chunks";

/** Two tasks of one function, one that the program has named, and one of another function. */
const tasks: readonly Task[] = [
  { id: 0, name: "f1", call: "f1()", state: "ready" },
  { id: 1, name: "f1 #2", call: "f1()", state: "ready" },
  { id: 2, name: "reader", call: "f2(…)", state: "ready" },
  { id: 3, name: "f3", call: "f3()", state: "ready" },
  { id: 4, name: "f4", call: "f4()", state: "ready" },
];

const contents = fc.array(content, { minLength: 1, maxLength: 300 });
const wanted = fc.subarray(["f1", "f2", "f3", "f4"], { minLength: 1 });

/** The function in which a step leaves its task, if that is a delegate. */
function delegateOf({ task, event, point }: Content, below: readonly string[]): string | undefined {
  const [at, of] = [points[point - 1]?.function, tasks[task]];
  const own = of ? functionOf(of) : "";
  return event === "yielded" && below.includes(own) && at !== own ? at : undefined;
}

function source(contents: readonly Content[], segmentSteps = 64) {
  const trace = new TraceStore(undefined, segmentSteps);
  trace.addPoints(points);
  for (const piece of piecesOf(contents, [37])) trace.append(chunkOf(trace.length + 1, piece));
  return { trace, tasks, output: { entries: [] }, added: [] };
}

describe("what tasks delegate to", () => {
  it("has in each lane the steps after which the task is suspended there, and all steps in the task's own lane", async () => {
    await fc.assert(
      fc.asyncProperty(contents, wanted, fc.integer({ min: 1, max: 40 }), async (contents, below, buckets) => {
        const made = source(contents);
        const whole = { axis: "step", from: 0, to: contents.length, buckets } as const;
        const { below: found = [] } = await timelineOf(made, { ...whole, lanes: [], below });
        const pairs = contents.flatMap((each) => {
          const name = delegateOf(each, below);
          return name === undefined ? [] : [`${each.task} ${name}`];
        });
        assert.deepEqual(
          found.map((each) => `${each.task} ${each.function}`),
          [...new Set(pairs)],
        );
        const lanes = [
          ...tasks.map(({ id }) => ({ id, within: null })),
          ...found.map((each) => ({ id: each.task, within: each.function })),
        ];
        const question: Question = {
          ...whole,
          lanes: lanes.map(({ id }) => [id]),
          within: lanes.map(({ within }) => within),
          below,
        };
        const { blocks, lives } = await timelineOf(made, question);
        const steps = lanes.map((_, lane) =>
          blocks.key.reduce((sum, key, at) => sum + (key === lane ? (blocks.steps[at] ?? 0) : 0), 0),
        );
        assert.deepEqual(
          steps,
          lanes.map(({ id, within }) => {
            return contents.filter((each) => each.task === id && (within === null || delegateOf(each, below) === within)).length;
          }),
        );
        const plain = await timelineOf(made, { ...whole, lanes: question.lanes });
        assert.deepEqual(lives.slice(0, tasks.length), plain.lives.slice(0, tasks.length));
        assert.deepEqual(
          lives.slice(tasks.length),
          found.map(() => null),
        );
      }),
      { numRuns: 200 },
    );
  });

  it("is known of a run that goes on", async () => {
    const step = (point: number): Content => ({ task: 0, event: "yielded", value: "", point, micros: 1 });
    const made = source([step(1), step(2)]);
    const question: Question = {
      axis: "step",
      from: 0,
      to: 9,
      buckets: 9,
      lanes: [[0], [0]],
      within: [null, "f2"],
      below: ["f1"],
    };
    assert.deepEqual((await timelineOf(made, question)).below, [{ task: 0, function: "f2" }]);
    made.trace.append(chunkOf(3, [step(2), step(3)]));
    const { below, blocks } = await timelineOf(made, question);
    assert.deepEqual(below, [
      { task: 0, function: "f2" },
      { task: 0, function: "f3" },
    ]);
    assert.deepEqual([...blocks.key], [0, 0, 1, 0, 1, 0]);
  });

  it("takes no more delegates than there are keys for, and loses no step", () => {
    const many = Array.from({ length: 1_200 }, (_, number) => ({
      file: "/a.ts",
      line: number,
      column: 1,
      function: `g${number}`,
    }));
    const delegates = new Delegates({ points: many }, tasks, new Set(["f1"]));
    const chunk = chunkOf(
      1,
      many.map((_, index): Content => ({ task: 1, event: "yielded", value: "", point: index + 1, micros: 1 })),
    );
    const keys = delegates.of(chunk, many.length);
    assert.equal(delegates.found.length, 1_000);
    assert.deepEqual([keys[0], keys[999], keys[1_000], keys[1_199]], [0xffff, 0xffff - 999, 1, 1]);
    assert.equal(new Set(delegates.ofTask(1)).size, 1_001);
  });
});
