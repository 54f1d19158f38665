/**
 * The values of a variable in the tasks that are suspended in a function. Each task has made one step, whose number is its own plus 1.
 */
import assert from "node:assert/strict";
import type { StepEvent, YieldPoint } from "../../../../src/core/trace/trace";
import type { Frame } from "../../../../src/protocol/runner";
import { valuesThere } from "../../../../src/session/view/valuesThere";
import type { Viewed } from "../../../../src/session/view/viewed";

interface Task {
  readonly frames?: readonly Frame[];
  readonly event?: StepEvent;
  /** Whether only its place is known, which is that of its innermost frame. */
  readonly isUnseen?: boolean;
}

const frame = (name: string, locals: Readonly<Record<string, string>> = {}): Frame => ({
  ...{ function: name, file: "/f.ts", line: 1, column: 1 },
  locals: Object.entries(locals).map(([local, text]) => ({ name: local, value: { text } })),
});

// A mock: the record of a run has far more than is read here.
function viewed(tasks: readonly Task[], next?: number): { readonly viewed: Viewed; readonly looked: Set<number> } {
  const looked = new Set<number>();
  const framesOf = (step: number) => tasks[step - 1]?.frames ?? [];
  const seenOf = (step: number) => (tasks[step - 1]?.isUnseen ? undefined : { when: "then", frames: framesOf(step) });
  const run = {
    tasks: tasks.map((_, id) => ({ id, name: `t${id}` })),
    added: [],
    trace: {
      totals: () => tasks.map((_, id) => ({ lastStep: id + 1 })),
      at: (step: number) => ({ step, task: step - 1, event: tasks[step - 1]?.event ?? "yielded", point: framesOf(step).at(-1) }),
    },
    inspections: {
      beside: { of: () => undefined },
      placeOf: (step: number) => ({ stack: seenOf(step)?.frames ?? [], got: undefined }),
      ofAnyTime: (step: number) => {
        looked.add(step);
        return seenOf(step);
      },
    },
  };
  return { viewed: { run, cursor: tasks.length, head: tasks.length, next } as unknown as Viewed, looked };
}

/** `inner` is inside of `outer` in the text. */
const depthOf = (at: YieldPoint) => ({ outer: 1, inner: 2 })[at.function];

describe("the values of a variable in suspended tasks", () => {
  it("are those of all tasks in the function, the next one first; not of tasks elsewhere, or that have ended", () => {
    const tasks: Task[] = [
      { frames: [frame("outer", { n: "1" })] },
      { frames: [frame("other", { n: "2" })] },
      { frames: [frame("outer", { n: "3" })], event: "returned" },
      { frames: [frame("outer", { n: "4" }), frame("other")] },
    ];
    assert.deepEqual(valuesThere(viewed(tasks, 3).viewed, "n", depthOf), {
      rows: [
        { task: "t3", value: "4" },
        { task: "t0", value: "1" },
      ],
      more: 0,
    });
  });

  it("are those of the innermost function that has the variable, and in it of the innermost frame", () => {
    const tasks: Task[] = [
      { frames: [frame("outer", { n: "1" })] },
      { frames: [frame("inner", { n: "2" }), frame("inner", { n: "3" })] },
      { frames: [frame("inner", { m: "4" })] },
    ];
    assert.deepEqual(valuesThere(viewed(tasks).viewed, "n", depthOf), { rows: [{ task: "t1", value: "3" }], more: 1 });
    assert.deepEqual(valuesThere(viewed(tasks.slice(0, 1)).viewed, "n", depthOf).rows, [{ task: "t0", value: "1" }]);
  });

  it("may not have been captured", () => {
    const tasks: Task[] = [{ frames: [frame("outer", { n: "1" })], isUnseen: true }];
    assert.deepEqual(valuesThere(viewed(tasks).viewed, "n", depthOf), { rows: [], more: 1 });
  });

  it("of 2,000 tasks are those of the first 20, and few are looked into", () => {
    const tasks = Array.from({ length: 2_000 }, (_, index): Task => ({ frames: [frame("outer", { n: `${index}` })] }));
    const many = viewed(tasks, 1_000);
    const { rows, more } = valuesThere(many.viewed, "n", depthOf);
    assert.deepEqual([rows.length, rows[0]?.task, rows[1]?.task, more], [20, "t1000", "t0", 1_980]);
    assert.equal(many.looked.size, 64);
  });
});
