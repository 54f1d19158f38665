import assert from "node:assert/strict";
import fc from "fast-check";
import { type Figures, Statistics } from "../../../../src/core/analysis/statistics";
import type { StepRecord } from "../../../../src/core/trace/trace";
import { TraceStore } from "../../../../src/core/trace/traceStore";
import { OutputLog } from "../../../../src/session/seen/outputLog";
import { type Content, chunkOf, content, points, recordsOf } from "../chunks";

/** Whole microseconds, so that sums do not depend on the order. */
const whole = content.map((each) => ({ ...each, micros: Math.round(each.micros) }));
const pieces = fc.array(fc.array(whole, { maxLength: 15 }), { maxLength: 8 });
const text = fc.constantFrom("", "a", "line\n", "two\nlines", "\n\n");
const printed = fc.array(fc.record({ step: fc.integer({ min: 1, max: 60 }), text, dropped: fc.nat(3) }), { maxLength: 30 });

/** Assigns the steps of each piece to the tasks that were added before it. */
interface Told {
  readonly contents: readonly Content[];
  readonly added: readonly { readonly step: number }[];
}

/** A task exists from the step before the piece in which it first occurs. */
function toldBy(parts: readonly (readonly Content[])[]): Told {
  const added: { step: number }[] = [];
  let step = 0;
  for (const part of parts) {
    for (const { task } of part) while (added.length <= task) added.push({ step });
    step += part.length;
  }
  return { contents: parts.flat(), added };
}

/** All waits of a task: from the step before the wait to the step that ended it, or to the last step. */
function waitsOf(records: readonly StepRecord[], task: number, added: number) {
  const own = records.filter((record) => record.task === task);
  const begins = [added, ...own.filter(({ event }) => event === "yielded").map(({ step }) => step)];
  return begins.map((begin) => {
    const end = own.find(({ step }) => step > begin)?.step;
    const between = records.slice(begin, end === undefined ? undefined : end - 1);
    const micros = between.reduce((sum, each) => sum + each.micros, 0);
    return { step: end ?? records.length, steps: between.length, micros, open: end === undefined };
  });
}

function longest<T>(items: readonly T[], by: (item: T) => number): T | undefined {
  const most = Math.max(0, ...items.map(by));
  return most > 0 ? items.find((item) => by(item) === most) : undefined;
}

/** The figures of one task, computed from plain lists. */
function naive(records: readonly StepRecord[], output: OutputLog, task: number, added: number): Figures {
  const own = records.filter((record) => record.task === task);
  const all = records.reduce((sum, { micros }) => sum + micros, 0);
  const micros = own.reduce((sum, each) => sum + each.micros, 0);
  const waits = waitsOf(records, task, added);
  const prints = own.flatMap(({ step }) => output.of(step).map((each) => ({ step, dropped: 0, ...each })));
  const whole = prints.map((each) => each.text).join("");
  return {
    steps: own.length,
    micros,
    share: all > 0 ? micros / all : 0,
    lastStep: own.at(-1)?.step ?? 0,
    longestSlice: own.find((each) => each.micros === Math.max(...own.map((other) => other.micros))) && {
      step: own.find((each) => each.micros === Math.max(...own.map((other) => other.micros)))?.step ?? 0,
      micros: Math.max(...own.map((other) => other.micros)),
    },
    longestWait: { bySteps: longest(waits, ({ steps }) => steps), byTime: longest(waits, (wait) => wait.micros) },
    characters: prints.reduce((sum, { text: { length }, dropped }) => sum + length + dropped, 0),
    lines: whole === "" ? 0 : whole.split("\n").length - (whole.endsWith("\n") ? 1 : 0),
    firstPrinted: prints.find((each) => each.text !== "")?.step ?? 0,
  };
}

describe("Statistics", () => {
  it("equal counts over the plain list of steps, however the trace is divided, and while it grows", () => {
    fc.assert(
      fc.property(
        pieces,
        fc.integer({ min: 1, max: 9 }),
        fc.integer({ min: 1, max: 12 }),
        printed,
        fc.boolean(),
        (parts, segmentSteps, most, prints, whileItGrows) => {
          const { contents, added } = toldBy(parts);
          const trace = new TraceStore(undefined, segmentSteps);
          trace.addPoints(points);
          const output = new OutputLog();
          for (const { step, text, dropped } of prints) output.add(step, "stdout", text, dropped);
          const known: { step: number }[] = [];
          const statistics = new Statistics({ trace, output, added: known });
          for (const part of parts) {
            known.push(...added.slice(known.length).filter(({ step }) => step <= trace.length));
            if (part.length > 0) trace.append(chunkOf(trace.length + 1, part));
            if (whileItGrows) statistics.advance(most);
          }
          while (!statistics.isComplete) statistics.advance(most);
          const records = recordsOf(contents);
          const { tasks, upTo, total } = statistics.figures;
          assert.equal(upTo, contents.length);
          assert.deepEqual(
            tasks,
            added.map(({ step }, task) => ({ task, ...naive(records, output, task, step) })),
          );
          assert.equal(total.steps, contents.length);
          assert.equal(
            total.longestSlice?.micros,
            contents.length > 0 ? Math.max(...contents.map(({ micros }) => micros)) : undefined,
          );
          assert.equal(
            total.longestWait.bySteps?.steps,
            longest(tasks, ({ longestWait }) => longestWait.bySteps?.steps ?? 0)?.longestWait.bySteps?.steps,
          );
        },
      ),
    );
  });

  const step = (task: number, micros: number, event: Content["event"] = "yielded"): Content => ({
    task,
    event,
    value: "1",
    point: 0,
    micros,
  });

  it("count the wait of a task that was not resumed yet, but not of one that has ended", () => {
    const trace = new TraceStore();
    trace.append(chunkOf(1, [step(0, 5), step(1, 7, "returned"), step(0, 9), step(0, 1), step(2, 3)]));
    const statistics = new Statistics({
      trace,
      output: new OutputLog(),
      added: [{ step: 0 }, { step: 0 }, { step: 3 }, { step: 5 }],
    });
    while (!statistics.isComplete) statistics.advance(100);
    const waits = statistics.figures.tasks.map(({ longestWait: { bySteps } }) => bySteps);
    assert.deepEqual(waits, [
      { step: 3, steps: 1, micros: 7, open: false }, // waits from step 1 to step 3; the wait from step 4 on is not longer
      { step: 2, steps: 1, micros: 5, open: false }, // added before step 1, resumed in step 2, and ended then
      { step: 5, steps: 1, micros: 1, open: false }, // added after step 3
      undefined, // added after the last step
    ]);
    trace.append(chunkOf(6, [step(0, 1), step(0, 2)]));
    while (!statistics.isComplete) statistics.advance(100);
    assert.deepEqual(statistics.figures.tasks[3]?.longestWait.bySteps, { step: 7, steps: 2, micros: 3, open: true });
  });

  it("count output of the last step that arrives late, once", () => {
    const trace = new TraceStore();
    const output = new OutputLog();
    const statistics = new Statistics({ trace, output, added: [{ step: 0 }] });
    trace.append(chunkOf(1, [step(0, 1)]));
    statistics.advance(100);
    assert.equal(statistics.figures.tasks[0]?.characters, 0);
    output.add(1, "stdout", "late\n");
    assert.equal(statistics.figures.tasks[0]?.characters, 5);
    trace.append(chunkOf(2, [step(0, 1), step(0, 1)]));
    statistics.advance(100);
    assert.deepEqual([statistics.figures.total.characters, statistics.figures.total.lines], [5, 1]);
  });

  it("include a task that is announced late", () => {
    const trace = new TraceStore();
    const added = [{ step: 0 }];
    const statistics = new Statistics({ trace, output: new OutputLog(), added });
    trace.append(chunkOf(1, [step(0, 2), step(0, 4)]));
    statistics.advance(100);
    added.push({ step: 1 });
    assert.deepEqual(statistics.figures.tasks[1]?.longestWait.bySteps, { step: 2, steps: 1, micros: 4, open: true });
  });
});
