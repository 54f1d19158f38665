// Which waiting tasks are reported as waiting forever, and which are not.
import assert from "node:assert/strict";
import fc from "fast-check";
import type { Blocked } from "../../../src/core/waiting/blockedColumns";
import { deadlockSentence, plainText, stuckSentence, waitText } from "../../../src/core/waiting/sentences";
import { closedAt, type Surroundings, takenLast, type Verdict, verdictOf } from "../../../src/core/waiting/verdict";
import { waitGraph } from "../../../src/core/waiting/waitGraph";
import { WaitState } from "../../../src/core/waiting/waitState";
import { Interpreter } from "../../waiting/interpreter";
import { type Op, programs, type Wait } from "../../waiting/programs";

const names = {
  task: (task: number) => ["ann", "bob", "cat", "dan"][task] ?? `${task}`,
  resource: (number: number) => `fork ${number}`,
};
const [acquire, join] = [(on: number): Op => ({ op: "acquire", on }), (on: number): Wait => ({ op: "join", on })];
const pass: Op = { op: "yield" };

function judged(tasks: Op[][], most = 200): { verdict: Verdict; state: WaitState; around: Surroundings; said: string[] } {
  const made = new Interpreter({ tasks, children: [] }).run([], most);
  return judge(made);
}

function judge(made: Interpreter, mayPromisesSettle = false): ReturnType<typeof judged> {
  const state = new WaitState();
  for (const rows of made.rows) state.apply(rows);
  const around = {
    tasks: made.tasks,
    isOver: (task: number) => made.isOver(task),
    isMutex: (on: number) => on <= 2,
    isLock: () => false,
    mayPromisesSettle,
  };
  const verdict = verdictOf(state, around);
  const said = [
    ...verdict.cycles.map((cycle) => deadlockSentence(cycle)),
    ...verdict.stuck.map((task) => stuckSentence(state.blockedOf(task) as Blocked, state, around)),
  ];
  return { verdict, state, around, said: said.map((segments) => plainText(segments, names)) };
}

describe("the verdict on waiting tasks", () => {
  it("is a deadlock if each of two tasks holds what the other wants", () => {
    const { verdict, state, said } = judged([
      [acquire(1), acquire(2)],
      [acquire(2), acquire(1)],
    ]);
    assert.deepEqual(said, ["ann holds fork 1 and waits for fork 2, which bob holds, who waits for fork 1."]);
    assert.equal(closedAt(verdict.cycles[0] ?? []), 4);
    // After step 2, when each has one lock, the deadlock is inevitable. In place of step 2, ann could have acquired both.
    const last = { resource: 2, holder: 1, wantedBy: 0, wantedSince: 3, step: 2 };
    assert.deepEqual(takenLast(verdict.cycles[0] ?? [], state), last);
  });

  it("is a deadlock of any size, through locks and joins", () => {
    assert.deepEqual(judged([[acquire(1), acquire(1)]]).said, ["ann waits for fork 1, which ann itself holds."]);
    assert.deepEqual(judged([[join(1)], [join(2)], [join(0)]]).said, [
      "ann waits for the end of bob, who waits for the end of cat, who waits for the end of ann.",
    ]);
    assert.deepEqual(
      judged([
        [acquire(1), join(1)],
        [pass, acquire(1)],
      ]).said,
      ["ann holds fork 1 and waits for the end of bob, who waits for fork 1."],
    );
  });

  it("is a deadlock by locks, which others may release, only once nobody else can run", () => {
    const two = [
      [acquire(1), acquire(2)],
      [acquire(2), acquire(1)],
    ];
    const locks = { isMutex: () => false, isLock: (on: number) => on <= 2 };
    const others = [pass, pass, pass, pass, pass, pass];
    const running = judged([...two, others], 8);
    assert.equal(running.verdict.cycles.length, 1);
    const asLocks = verdictOf(running.state, { ...running.around, ...locks });
    assert.deepEqual([asLocks.cycles, asLocks.stuck], [[], []]);
    const resting = judged([...two, others]);
    assert.deepEqual(verdictOf(resting.state, { ...resting.around, ...locks }).cycles, resting.verdict.cycles);
    assert.equal(resting.verdict.cycles.length, 1);
  });

  it("is certain while other tasks still run, and leaves out those that can be woken", () => {
    const others = [pass, pass, pass, pass, pass, pass];
    const { verdict, said } = judged([[acquire(1), acquire(2)], [acquire(2), acquire(1)], others, [join(2)]], 14);
    assert.equal(said.length, 1);
    assert.deepEqual(verdict.stuck, []);
  });

  it("lists tasks that wait for a deadlocked task separately", () => {
    assert.deepEqual(judged([[acquire(1), acquire(1)], [join(0)], [acquire(1)]]).said, [
      "ann waits for fork 1, which ann itself holds.",
      "bob waits for the end of ann, who will never be woken.",
      "cat waits for fork 1, which ann holds, who will never be woken.",
    ]);
  });

  it("is no deadlock if another task could have woken them, but did not", () => {
    const take: Op = { op: "take", on: 4 };
    const several: Op = {
      op: "any",
      parts: [
        { op: "wait", on: 7 },
        { op: "take", on: 6 },
      ],
    };
    const { verdict, said } = judged([[acquire(1)], [acquire(1)], [take], [several]]);
    assert.deepEqual(verdict.cycles, []);
    assert.deepEqual(said, [
      "bob waits for fork 1, which ann still held when it ended.",
      "cat waits to take from fork 4, and nobody is left who could put into it.",
      "dan waits for the first of these: for fork 7, to take from fork 6, and nobody is left who could wake it.",
    ]);
  });

  it("is empty while a task sleeps, or the user may release one", () => {
    const { verdict, state } = judged([[{ op: "sleep", millis: 6 }], [{ op: "take", on: 4 }]], 2);
    assert.deepEqual(verdict, { cycles: [], stuck: [] });
    assert.deepEqual(plainText(waitText(state.blockedOf(0) as Blocked), names), "sleeps");
  });

  it("has a cycle whenever the engine reports one, and never one with a task that can continue", () => {
    fc.assert(
      fc.property(programs(), fc.array(fc.nat(8), { maxLength: 40 }), (program, picks) => {
        const made = new Interpreter(program);
        for (const pick of picks) if (!made.step(pick)) break;
        const { verdict } = judge(made);
        const blocked = Array.from({ length: made.tasks }, (_, task) => task).filter((task) => made.waiting.isBlocked(task));
        const inVerdict = new Set([...verdict.stuck, ...verdict.cycles.flat().map(({ task }) => task)]);
        for (const { cycle } of made.deadlocks)
          for (const task of cycle) assert.ok(inVerdict.has(task), `${task} waits for ever`);
        // The verdict is true: whatever the other tasks do, these never run again.
        const steps = made.steps.length;
        made.run([], 200);
        for (const { task } of made.steps.slice(steps)) assert.ok(!inVerdict.has(task), `task ${task} was woken`);
        for (const task of inVerdict) assert.ok(blocked.includes(task));
      }),
      { numRuns: 1000 },
    );
  });
});

describe("the wait-for graph", () => {
  it("has what is held and what is wanted, with the places in the queue", () => {
    const { state } = judged([
      [acquire(1), join(1)],
      [pass, acquire(1)],
      [pass, acquire(1)],
    ]);
    const graph = waitGraph(state);
    assert.deepEqual([graph.tasks, graph.resources], [[0, 1, 2], [1]]);
    assert.deepEqual(
      graph.edges.map((edge) => [edge.kind, edge.task, edge.kind === "wanted" ? edge.place : undefined]),
      [
        ["held", 0, undefined],
        ["joined", 0, undefined],
        ["wanted", 1, 1],
        ["wanted", 2, 2],
      ],
    );
  });
});
