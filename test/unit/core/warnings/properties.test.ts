/** Findings do not depend on how a run arrives: on its chunks, its batches of rows, or the ranges of steps in which it is searched. */
import assert from "node:assert/strict";
import fc from "fast-check";
import { TraceStore } from "../../../../src/core/trace/traceStore";
import { busyWaitAfter } from "../../../../src/core/warnings/busyWait";
import type { MakeFinder } from "../../../../src/core/warnings/finding";
import { heldAtEnd } from "../../../../src/core/warnings/heldAtEnd";
import { hog } from "../../../../src/core/warnings/hog";
import { livelockAfter } from "../../../../src/core/warnings/livelock";
import { lostWaker } from "../../../../src/core/warnings/lostWaker";
import { WarningSearch } from "../../../../src/core/warnings/search";
import { starvationAfter } from "../../../../src/core/warnings/starvation";
import { Interpreter } from "../../../waiting/interpreter";
import { programs } from "../../../waiting/programs";
import type { Content } from "../chunks";
import { contentsOf, foundIn, Observed, said } from "./observed";

/** Finders with thresholds that short runs reach. */
const eager = [starvationAfter(2), livelockAfter(2), busyWaitAfter(2), hog, heldAtEnd, lostWaker];

/** A program and an order, and what its steps yield and take: few different values, and an occasional long duration. */
const runs = fc.record({
  program: programs(),
  picks: fc.array(fc.nat(5), { maxLength: 60 }),
  values: fc.array(fc.constantFrom("undefined", "'a'", "'b'", "'c'", "'d'"), { minLength: 1, maxLength: 60 }),
  micros: fc.array(fc.constantFrom(1, 5, 300_000), { minLength: 1, maxLength: 60 }),
});

interface Made {
  readonly interpreter: Interpreter;
  readonly contents: readonly Content[];
}

function made({ program, picks, values, micros }: typeof runs extends fc.Arbitrary<infer T> ? T : never): Made {
  const interpreter = new Interpreter(program).run(picks);
  const contents = contentsOf(interpreter).map((each, index) => ({
    ...each,
    value: values[index % values.length] ?? "",
    micros: micros[index % micros.length] ?? 1,
  }));
  return { interpreter, contents };
}

/** The tasks with the steps after which they were added. For spawned tasks that is known only from their first step. */
function addedTo(observed: Observed, { interpreter, contents }: Made): void {
  const initial = interpreter.program.tasks.length;
  for (let task = 0; task < interpreter.tasks; task += 1) {
    const first = contents.findIndex((each) => each.task === task);
    if (task < initial) observed.added.push({ step: 0 });
    else if (first >= 0) observed.added.push({ step: first });
  }
}

describe("warnings", () => {
  it("are the same however the run is divided", () => {
    const cuts = fc.infiniteStream(fc.integer({ min: 1, max: 7 }));
    fc.assert(
      fc.property(runs, cuts, fc.integer({ min: 2, max: 9 }), (given, sizes, segment) => {
        const run = made(given);
        const whole = new Observed();
        addedTo(whole, run);
        for (const rows of run.interpreter.rows) whole.waits.append(rows);
        whole.steps(run.contents);

        const cut = new Observed(new TraceStore(undefined, segment));
        addedTo(cut, run);
        const search = new WarningSearch(cut, eager);
        let rows = 0;
        for (const size of sizes) {
          const from = cut.trace.length;
          if (from >= run.contents.length) break;
          // Rows arrive before the chunk with their steps, except for rows of what happened after the last step.
          const upTo = Math.min(run.contents.length, from + size);
          for (; rows < run.interpreter.rows.length; rows += 1) {
            const batch = run.interpreter.rows[rows] as Interpreter["rows"][number];
            if (batch.base > upTo) break;
            cut.waits.append(batch);
          }
          cut.steps(run.contents.slice(from, upTo));
          search.advance(1 + (size % 3));
        }
        for (; rows < run.interpreter.rows.length; rows += 1)
          cut.waits.append(run.interpreter.rows[rows] as Interpreter["rows"][number]);
        do search.advance(2);
        while (!search.isComplete);
        search.advance(1);
        assert.deepEqual(said(search, cut), foundIn(whole, eager));
      }),
      { numRuns: 400 },
    );
  });

  it("agree with the engine on which tasks are ready", () => {
    fc.assert(
      fc.property(programs({ spawns: false }), fc.array(fc.nat(5), { maxLength: 60 }), (program, picks) => {
        const interpreter = new Interpreter(program).run(picks, 40);
        const observed = new Observed().join(program.tasks.length);
        for (const rows of interpreter.rows) observed.waits.append(rows);
        observed.steps(contentsOf(interpreter));
        const ready = new Set<number>();
        const follow: MakeFinder = () => ({
          entered: (task) => void ready.add(task),
          left: (task) => void ready.delete(task),
        });
        foundIn(observed, [follow]);
        assert.deepEqual([...ready].sort(), [...interpreter.ready].sort());
      }),
    );
  });
});
