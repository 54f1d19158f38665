// Properties of the engine over random programs and schedules.
import assert from "node:assert/strict";
import fc from "fast-check";
import { Interpreter } from "../../waiting/interpreter";
import { type Op, type Program, programs } from "../../waiting/programs";
import { type Move, Watched } from "./watched";

const moves: fc.Arbitrary<Move[]> = fc.array(
  fc.record({ pick: fc.nat(8), close: fc.option(fc.nat(5), { nil: undefined, freq: 12 }) }),
  { maxLength: 40 },
);
const picks = fc.array(fc.nat(8), { maxLength: 40 });

describe("the engine of requests", () => {
  it("satisfies every invariant after every step of every schedule", () => {
    fc.assert(
      fc.property(programs(), moves, (program, schedule) => {
        new Watched(program).run(schedule);
      }),
      { numRuns: 1500 },
    );
  });

  it("neither loses nor duplicates a value of a channel", () => {
    fc.assert(
      fc.property(programs(), picks, (program, schedule) => {
        const watched = new Watched(withoutPutsInAll(program)).run(schedule.map((pick) => ({ pick })));
        if (watched.interpreter.ready.length > 0) return;
        assert.equal(watched.put.length, watched.taken.length + watched.left);
      }),
      { numRuns: 1500 },
    );
  });

  it("loses no value of a channel when tasks are closed", () => {
    fc.assert(
      fc.property(programs(), moves, (program, schedule) => {
        const watched = new Watched(withoutPutsInAll(program)).run(schedule);
        if (watched.interpreter.ready.length > 0) return;
        // A task that was closed right after its put was served has not received its result.
        assert.ok(watched.put.length <= watched.taken.length + watched.left);
      }),
      { numRuns: 1500 },
    );
  });

  it("gives the same steps and rows for the same schedule", () => {
    fc.assert(
      fc.property(programs(), picks, (program, schedule) => {
        const [one, other] = [new Interpreter(program).run(schedule), new Interpreter(program).run(schedule)];
        assert.deepEqual(one.steps, other.steps);
        assert.deepEqual(one.rows, other.rows);
      }),
      { numRuns: 300 },
    );
  });
});

/** What `all` has put stays put, even if another part fails and the task never receives the result. */
function withoutPutsInAll({ tasks, children }: Program): Program {
  const changed = (ops: readonly Op[]): Op[] =>
    ops.map((op) => (op.op === "all" ? { ...op, parts: op.parts.filter((part) => part.op !== "put") } : op));
  return { tasks: tasks.map(changed), children: children.map(changed) };
}
