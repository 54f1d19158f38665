/**
 * The effect of requests on the ready queue: the scheduler derives it from the rows alone, and must agree with the engine's own loop.
 */
import assert from "node:assert/strict";
import fc from "fast-check";
import { Scheduler } from "../../../../src/core/scheduler/scheduler";
import { stepEvents } from "../../../../src/core/trace/trace";
import { Interpreter } from "../../../waiting/interpreter";
import { programs } from "../../../waiting/programs";

/** Runs a program on the engine, and reports to a scheduler what a runner would report. */
class Told {
  readonly scheduler = new Scheduler();
  readonly interpreter: Interpreter;
  #rows = 0;

  constructor(program: ConstructorParameters<typeof Interpreter>[0]) {
    this.interpreter = new Interpreter(program);
    for (const _ of program.tasks) this.scheduler.add("task", "task()");
  }

  /** Makes a step. @returns whether there was one */
  step(pick = 0): boolean {
    const isMade = this.interpreter.step(pick);
    while (this.scheduler.tasks.length < this.interpreter.tasks) {
      this.scheduler.addSpawned(this.interpreter.steps.length, "child", "child()");
    }
    for (; this.#rows < this.interpreter.rows.length; this.#rows += 1) {
      this.scheduler.noteWaits(this.interpreter.rows[this.#rows] as Interpreter["rows"][number]);
    }
    return isMade;
  }

  /** Reports the steps made since the last call to the scheduler. */
  takeIn(): void {
    const made = this.interpreter.steps.slice(this.scheduler.steps);
    this.scheduler.applyRing(
      made.map(({ task }) => task),
      made.map(({ event }) => stepEvents.indexOf(event)),
    );
  }
}

describe("the ready queue of tasks that make requests", () => {
  it("equals that of the engine's own loop, however the steps of a ring are grouped", () => {
    fc.assert(
      fc.property(programs(), fc.infiniteStream(fc.integer({ min: 1, max: 6 })), (program, groups) => {
        const told = new Told(program);
        for (const size of groups) {
          let isMade = true;
          for (let made = 0; made < size && isMade; made += 1) isMade = told.step();
          told.takeIn();
          assert.deepEqual([...told.scheduler.ready], [...told.interpreter.ready]);
          for (const { id, state } of told.scheduler.tasks) {
            assert.equal(state === "blocked", told.interpreter.waiting.isBlocked(id), `task ${id} is ${state}`);
          }
          if (!isMade || told.interpreter.steps.length > 300) return;
        }
      }),
      { numRuns: 500 },
    );
  });

  it("is the same if picks are planned one step at a time, in any order", () => {
    fc.assert(
      fc.property(programs(), fc.array(fc.nat(5), { maxLength: 80 }), (program, picks) => {
        const told = new Told(program);
        for (const pick of picks) {
          if (!told.step(pick)) break;
          const { task, event } = told.interpreter.steps.at(-1) as Interpreter["steps"][number];
          told.scheduler.apply({ picks: [task], times: 1 }, { ran: 1, last: event });
          assert.deepEqual([...told.scheduler.ready], [...told.interpreter.ready]);
        }
      }),
      { numRuns: 500 },
    );
  });
});
