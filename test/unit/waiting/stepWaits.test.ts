/**
 * The effect of requests in each step, queried as readers of a trace do: in order, possibly while the log grows.
 */
import assert from "node:assert/strict";
import fc from "fast-check";
import { WaitRecorder } from "../../../src/core/waiting/recorder";
import { type RowKind, rowKind } from "../../../src/core/waiting/rows";
import { StepWaits } from "../../../src/core/waiting/stepWaits";
import { WaitLog } from "../../../src/session/seen/waitLog";
import { Interpreter } from "../../waiting/interpreter";
import { programs, type Wait } from "../../waiting/programs";

/** A log, and a function that appends what happened in a step and after it. */
class Told {
  readonly log = new WaitLog();
  readonly #recorder = new WaitRecorder();

  /** Rows are written as `[kind, task, object]`. */
  step(step: number, inSlice: readonly Row[], after: readonly Row[] = []): void {
    this.#recorder.step = step;
    for (const row of inSlice) this.#recorder.add(...row);
    this.#recorder.endSlice();
    if (after.length > 0) this.#recorder.noteWhen();
    for (const row of after) this.#recorder.add(...row);
    this.log.append(structuredClone(this.#recorder.takeRows())); // the recorder reuses its columns
  }
}

type Row = readonly [RowKind, number, number];

/** Task 0 holds mutex 1, which task 1 waits for and gets; task 2 waits for a promise that settles right after its step. */
function told(): Told {
  const all = new Told();
  all.step(1, [[rowKind.grant, 0, 1]]);
  all.step(2, [[rowKind.blockAcquire, 1, 1]]);
  all.step(3, [[rowKind.blockPromise, 2, 7]], [[rowKind.wake, 2, 0]]);
  all.step(5, [
    [rowKind.free, 0, 1],
    [rowKind.grant, 1, 1],
  ]);
  return all;
}

/** The waiting tasks after each step, with the holders of what they wait for; and the waits that ended in the step and before it. */
function read(waits: StepWaits<string>, steps: readonly (readonly [number, number])[]): string[] {
  return steps.map(([step, task]) => {
    const before = waits.before(step).map((each) => each.task);
    const { waits: what = "", ended } = waits.of(step, task);
    return `${before.join()}|${what}|${ended.map((each) => `${each.task}${each.isWoken ? "" : " closed"}`).join()}`;
  });
}

function readerOf({ log }: Told, first: number): StepWaits<string> {
  return new StepWaits(log, first, ({ parts }, { holdings }) => {
    return parts.map(({ kind, object }) => `${kind} held by ${holdings.of(object).map(({ task }) => task)}`).join();
  });
}

const steps = [
  [1, 0],
  [2, 1],
  [3, 2],
  [4, 2],
  [5, 0],
] as const;

describe("the effect of requests in each step", () => {
  it("is what the step left its task waiting for, even if it was woken immediately afterwards", () => {
    assert.deepEqual(read(readerOf(told(), 1), steps), [
      "||", // granted at once, so no task waits
      "|0 held by 0|",
      "|6 held by |",
      "2||", // the promise settled after step 3
      "||1", // task 0 released the mutex
    ]);
  });

  it("does not include the parts of a wait that come only after the step", () => {
    const parts: Wait[] = [0, 0, 9].map((millis) => ({ op: "sleep", millis }));
    const { rows } = new Interpreter({ tasks: [[{ op: "all", parts }]], children: [] }).run();
    const log = new WaitLog();
    for (const each of rows) log.append(each);
    const waits = new StepWaits(log, 1, (blocked) => blocked.parts.map(({ isServed }) => isServed));
    assert.deepEqual(waits.of(1, 0).waits, [false, false, false]);
  });

  it("is the same from any first step", () => {
    const whole = read(readerOf(told(), 1), steps);
    for (let first = 1; first <= steps.length; first += 1) {
      const [begin, ...rest] = read(readerOf(told(), first), steps.slice(first - 1));
      // Tasks that were woken before the first queried step are not reported.
      assert.deepEqual(
        [begin?.replace(/^.*?\|/, "|"), ...rest],
        [whole[first - 1]?.replace(/^.*?\|/, "|"), ...whole.slice(first)],
      );
    }
  });

  it("can be read further when the log has grown, even within the last step", () => {
    const growing = new Told();
    const waits = readerOf(growing, 1);
    growing.step(1, [[rowKind.blockPromise, 0, 7]]);
    waits.refresh();
    assert.deepEqual(read(waits, [[1, 0]]), ["|6 held by |"]);
    growing.step(1, [], [[rowKind.wake, 0, 0]]);
    growing.step(2, [[rowKind.blockJoin, 0, 3]]);
    waits.refresh();
    assert.deepEqual(read(waits, [[2, 0]]), ["0|4 held by |"]);
    waits.refresh();
    growing.step(3, [[rowKind.withdraw, 0, 0]]);
    waits.refresh();
    assert.deepEqual(read(waits, [[3, 0]]), ["||0 closed"]);
  });

  it("adds up to the blocked tasks after each step, for any program and schedule", () => {
    fc.assert(
      fc.property(programs(), fc.array(fc.nat(8), { maxLength: 40 }), (program, picks) => {
        const { rows, steps } = new Interpreter(program).run(picks, 200);
        const log = new WaitLog();
        for (const each of rows) log.append(each);
        const waits = new StepWaits(log, 1, ({ task }) => task);
        const blocked = new Set<number>();
        for (const [index, { task }] of steps.entries()) {
          const { waits: waiting, ended } = waits.of(index + 1, task);
          if (waiting !== undefined) blocked.add(waiting);
          for (const each of [...ended, ...waits.before(index + 2)]) {
            assert.ok(blocked.delete(each.task), `task ${each.task} did not wait before step ${index + 2}`);
          }
          const now = [...log.at(index + 1).blocked].map((each) => each.task);
          assert.deepEqual(new Set(now), blocked, `after step ${index + 1}`);
        }
      }),
      { numRuns: 300 },
    );
  });
});
