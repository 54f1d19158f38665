// Orders of tasks that wait, with loops in them: the engine's state tells when they come back to where they were.
import assert from "node:assert/strict";
import fc from "fast-check";
import { LoopingProgram, type SeenProgram } from "../../../../src/core/explore/loops/loopingProgram";
import type { Loop } from "../../../../src/core/explore/loops/loops";
import { makeStrategy, parseStrategy } from "../../../../src/core/explore/registry";
import { Search } from "../../../../src/core/explore/search";
import { Interpreter } from "../../../waiting/interpreter";
import { type Api, type Call, isCall, type Op } from "../../../waiting/programs";
import { canLoop, statesOf } from "./stateSpace";

/** Goes round in its operations, until one that can be without has served its second part. */
function* goesRound(ops: readonly Op[], api: Api, log: string[]): Generator<unknown, string, unknown> {
  for (let at = 0; ; at = (at + 1) % ops.length) {
    const op = ops[at] as Op;
    log[0] = `${at}`;
    try {
      if (op.op === "yield") yield;
      else if (isCall(op)) api.call(op.op, op.on);
      else {
        const value = yield api.request(op as Exclude<Op, Call | { op: "yield" } | { op: "fail" }>);
        if (op.op === "any" && (value as [number])[0] === 1) return "over";
      }
    } catch {
      return "failed";
    }
  }
}

class WaitingProgram implements SeenProgram {
  readonly outcomes: string[] = [];
  livelocks = 0;
  #interpreter = new Interpreter({ tasks: [], children: [] });
  #isOver = false;

  constructor(readonly tasks: readonly (readonly Op[])[]) {}

  get ready(): readonly number[] {
    return this.#isOver ? [] : [...this.#interpreter.ready];
  }

  begin(): void {
    this.#isOver = false;
    this.#interpreter = new Interpreter({ tasks: this.tasks, children: [] }, undefined, goesRound);
    this.#interpreter.wakeSleepers();
  }

  resume(task: number): undefined {
    this.#interpreter.step([...this.#interpreter.ready].indexOf(task));
    this.#interpreter.wakeSleepers();
  }

  outcome(isCut: boolean): number {
    const key = JSON.stringify([isCut, this.#isOver ? "livelock" : this.state()]);
    const known = this.outcomes.indexOf(key);
    return known >= 0 ? known : this.outcomes.push(key) - 1;
  }

  fingerprint(): number {
    return this.#interpreter.steps.length;
  }

  state(): string {
    return `${this.#interpreter.engineState()} ${JSON.stringify(this.#interpreter.logs)}`;
  }

  endless(loop: Loop): void {
    assert.deepEqual(loop.starving, []);
    this.livelocks += 1;
    this.#isOver = true;
  }
}

const lock = fc.constantFrom(1, 2);
const acquire = fc.record({ op: fc.constant("acquire" as const), on: lock });
const sleep = fc.record({ op: fc.constant("sleep" as const), millis: fc.constantFrom(0, 2) });
const box = fc.oneof(
  fc.constant({ op: "put" as const, on: 5, value: 1 }),
  fc.record({ op: fc.constant("take" as const), on: fc.constantFrom(4, 5) }),
  fc.constant({ op: "put" as const, on: 4, value: 1 }),
);
const op: fc.Arbitrary<Op> = fc.oneof(
  { weight: 4, arbitrary: acquire },
  { weight: 4, arbitrary: fc.record({ op: fc.constant("release" as const), on: lock }) },
  { weight: 2, arbitrary: fc.record({ op: fc.constant("any" as const), parts: fc.tuple(acquire, fc.oneof(sleep, box)) }) },
  { weight: 1, arbitrary: sleep },
  { weight: 2, arbitrary: box },
  { weight: 1, arbitrary: fc.constant({ op: "wait" as const, on: 7 }) },
  { weight: 1, arbitrary: fc.record({ op: fc.constantFrom("set" as const, "clear" as const), on: fc.constant(7) }) },
);
// A pause in every round: no slice goes on for ever.
const ops = fc.array(op, { minLength: 1, maxLength: 3 }).map((some) => [...some, { op: "yield" as const }]);

describe("orders of tasks that wait", () => {
  it("lead to every outcome of the program, and are livelocks where there is one", () => {
    let [done, livelocks] = [0, 0];
    fc.assert(
      fc.property(fc.array(ops, { minLength: 2, maxLength: 2 }), (tasks) => {
        const states = statesOf(new WaitingProgram(tasks));
        const program = new WaitingProgram(tasks);
        const search = new Search(new LoopingProgram(program), makeStrategy(parseStrategy("exhaustive")), 5000);
        search.run(1000);
        const { cut, outcomes } = search.news();
        assert.equal(cut, 0, "with finitely many states, every order ends");
        if (!search.isDone) return;
        const ends = new Set([...states.values()].flatMap(({ outcome }) => outcome ?? []));
        const met = outcomes.map(({ outcome }) => program.outcomes[outcome] as string);
        assert.deepEqual(new Set(met.filter((outcome) => !outcome.endsWith('"livelock"]'))), ends);
        assert.equal(program.livelocks > 0, canLoop(states));
        done += 1;
        livelocks += Number(program.livelocks > 0);
      }),
      { numRuns: 200 },
    );
    assert.ok(livelocks > 10 && done - livelocks > 10, `${livelocks} of ${done}`);
  });
});
