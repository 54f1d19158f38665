// The text of the engine's state: if two orders come to the same one, everything goes on in the same way.
import assert from "node:assert/strict";
import fc from "fast-check";
import { Interpreter } from "../../waiting/interpreter";
import { type Op, type Program, programs } from "../../waiting/programs";

/** So many orders are begun for each program. */
const mostBeginnings = 150;
const longest = 30;

const continuations = fc.array(fc.array(fc.nat(8), { maxLength: 25 }), { minLength: 3, maxLength: 3 });

function run(program: Program, picks: readonly number[]): Interpreter {
  const run = new Interpreter(program);
  for (const pick of picks) run.step(pick);
  run.settle();
  return run;
}

/** Beginnings of all orders, the shortest ones first. */
function* beginningsOf(program: Program): Generator<readonly number[]> {
  const left: (readonly number[])[] = [[]];
  for (let at = 0; at < left.length && at < mostBeginnings; at += 1) {
    const picks = left[at] as readonly number[];
    yield picks;
    const tasks = run(program, picks).ready.length;
    for (let pick = 0; pick < tasks && picks.length < longest; pick += 1) left.push([...picks, pick]);
  }
}

/** The beginnings that come to the same state. */
function meetingsOf(program: Program): (readonly number[])[][] {
  const byState = new Map<string, (readonly number[])[]>();
  for (const picks of beginningsOf(program)) {
    const state = run(program, picks).state();
    byState.set(state, [...(byState.get(state) ?? []), picks]);
  }
  return [...byState.values()].filter(({ length }) => length > 1);
}

/** What happens after a beginning. */
function futureOf(program: Program, picks: readonly number[], next: readonly number[]): unknown {
  const made = run(program, picks);
  const from = made.steps.length;
  made.run(next, longest);
  const { steps, deadlocks } = made;
  const closed = deadlocks.filter(({ step }) => step > from).map(({ step, cycle }) => [step - from, cycle]);
  return [steps.slice(from), closed, made.ready.length, made.engineState()];
}

describe("the state of the engine", () => {
  it("is the same only if all that follows is the same", () => {
    let meetings = 0;
    fc.assert(
      fc.property(programs(), continuations, (program, continuations) => {
        for (const [first = [], ...others] of meetingsOf(program)) {
          for (const next of continuations) {
            const future = futureOf(program, first, next);
            for (const picks of others.slice(0, 3)) {
              meetings += 1;
              assert.deepEqual(futureOf(program, picks, next), future, `${first} and ${picks}`);
            }
          }
        }
      }),
      { numRuns: 60 },
    );
    assert.ok(meetings > 1000, `${meetings} meetings`);
  });

  const stateAfter = (tasks: readonly (readonly Op[])[], ...picks: number[]) =>
    run({ tasks, children: [[], []] }, picks).engineState();
  const [acquire, release] = [{ op: "acquire", on: 1 } as const, { op: "release", on: 1 } as const];
  const pause = { op: "yield" } as const;

  it("does not depend on when something happened: what was given back is free, what was slept is over", () => {
    const start = stateAfter([[pause]]);
    assert.equal(stateAfter([[acquire, release, pause, pause]], 0, 0), start);
    assert.equal(stateAfter([[{ op: "sleep", millis: 1 }, pause]], 0, 0), start);
    assert.equal(stateAfter([[{ op: "any", parts: [acquire] }, release, pause]], 0, 0), start);
  });

  it("counts the time that is left of a sleep, not the time of the clock", () => {
    const sleep = { op: "sleep", millis: 5 } as const;
    const [asleep, later] = [
      stateAfter([[sleep], [pause, pause]], 0, 0),
      stateAfter(
        [
          [pause, sleep],
          [pause, pause],
        ],
        0,
        1,
        0,
      ),
    ];
    assert.notEqual(asleep, stateAfter([[sleep], [pause, pause]], 0, 0, 0));
    assert.equal(asleep, later);
  });

  it("keeps the time where sleeps are fractions of a millisecond, whose differences are rounded", () => {
    const sleep = { op: "sleep", millis: 0.3 } as const;
    assert.notEqual(stateAfter([[sleep, sleep], [pause]], 0), stateAfter([[pause, sleep], [pause]], 0, 1, 0));
  });

  for (const [what, one, other] of [
    ["who holds a lock", [[acquire], [pause]], [[pause], [acquire]]],
    ["whether an event is set", [[{ op: "set", on: 7 }, pause]], [[pause]]],
    ["what a channel contains", [[{ op: "put", on: 6 }]], [[pause]]],
    ["whether a channel is closed", [[{ op: "close", on: 6 }, pause]], [[pause]]],
    ["how many permits are left", [[{ op: "acquire", on: 3 }]], [[pause]]],
    ["who joins a task", [[{ op: "join", on: 1 }], [pause]], [[pause], [pause]]],
  ] as const satisfies readonly (readonly [string, readonly (readonly Op[])[], readonly (readonly Op[])[]])[]) {
    it(`tells ${what}`, () => {
      assert.notEqual(stateAfter(one, 0), stateAfter(other, 0));
    });
  }

  it("tells what a task will be given", () => {
    const [put, take] = [{ op: "put", on: 6 } as const, { op: "take", on: 6 } as const];
    const [nothing, one] = [stateAfter([[pause], [pause]], 0), stateAfter([[take], [put]], 0, 0)];
    assert.doesNotMatch(nothing, /gives/);
    assert.match(one, /gives;"1;/);
  });

  it("tells the order in which tasks wait", () => {
    const tasks = [[acquire], [acquire], [acquire]];
    assert.notEqual(stateAfter(tasks, 0, 0, 0), stateAfter(tasks, 0, 1, 0));
  });
});
