import assert from "node:assert/strict";
import fc from "fast-check";
import type { TaskId } from "../../../../src/core/task";
import { limits, Program, schedulerFor, scripts } from "./program";

/** Tasks that yield more often than any test needs. */
const endless = (count: number) => Array.from({ length: count }, () => ({ yields: 1_000_000, end: "returned" as const }));

/** The picks of a number of steps. */
function picksOf(policy: string, tasks: number, steps: number): TaskId[] {
  const program = new Program(schedulerFor(policy, tasks), endless(tasks));
  const { trace } = program.runner;
  while (trace.length < steps) program.advance(steps - trace.length);
  return program.picks;
}

const seeds = fc.nat(100_000);

describe("round-robin", () => {
  it("gives every ready task a step before one gets a second step", () => {
    fc.assert(
      fc.property(scripts, limits, (tasks, sizes) => {
        const program = new Program(schedulerFor("round-robin", tasks.length), tasks);
        const since = tasks.map(() => new Map<TaskId, number>());
        for (let round = 0; program.advance(sizes[round % sizes.length] ?? 1); round += 1);
        for (const { task, event } of program.runner.trace) {
          since[task]?.clear();
          for (const [waiting, others] of since.entries()) if (waiting !== task) others.set(task, (others.get(task) ?? 0) + 1);
          if (event !== "yielded") since[task] = new Map();
          const over = program.runner.trace.filter((step) => step.event !== "yielded").map((step) => step.task);
          for (const [waiting, others] of since.entries()) {
            if (!over.includes(waiting)) assert.ok([...others.values()].every((times) => times <= 1));
          }
        }
      }),
    );
  });

  it("says that the task is next in the ring", () => {
    assert.equal(schedulerFor("round-robin", 2).reason, "next in the ring");
  });
});

describe("a quantum", () => {
  it("gives each pick a number of steps in a row, or fewer if the task ends", () => {
    fc.assert(
      fc.property(scripts, limits, fc.integer({ min: 2, max: 5 }), (tasks, sizes, size) => {
        const { runner } = new Program(schedulerFor(`round-robin:quantum=${size}`, tasks.length), tasks).run(sizes);
        for (let from = 0; from < runner.trace.length; ) {
          const { task } = runner.trace[from] ?? { task: 0 };
          const stretch = runner.trace.slice(from, from + size);
          const end = stretch.findIndex((step) => step.event !== "yielded");
          const length = end < 0 ? size : end + 1;
          assert.ok(stretch.slice(0, length).every((step) => step.task === task));
          from += length;
        }
      }),
      { numRuns: 300 },
    );
  });

  it("continues after a pick by hand, and says which step of the quantum comes next", () => {
    const program = new Program(schedulerFor("round-robin:quantum=3", 2), endless(2));
    program.advance(1);
    assert.equal(program.scheduler.reason, "step 2 of 3 of its quantum");
    program.scheduler.pick(1);
    assert.equal(program.scheduler.reason, "picked by hand");
    for (let step = 0; step < 4; step += 1) program.advance(1);
    assert.deepEqual(program.picks, [0, 1, 0, 0, 1]);
  });
});

describe("first come, first served", () => {
  it("lets each task run to its end", () => {
    const tasks = [3, 1, 2].map((yields) => ({ yields, end: "returned" as const }));
    const program = new Program(schedulerFor("fcfs", 3), tasks);
    assert.equal(program.scheduler.reason, "came first");
    assert.deepEqual(program.run([5]).picks, [0, 0, 0, 0, 1, 1, 2, 2, 2]);
  });
});

describe("last in, first out", () => {
  it("runs an added task at once, and then continues with the previous one", () => {
    const program = new Program(
      schedulerFor("lifo", 2),
      [2, 2, 1].map((yields) => ({ yields, end: "returned" as const })),
    );
    program.advance(1);
    program.scheduler.add("t2", "t2()");
    assert.deepEqual(program.run([7]).picks, [1, 2, 2, 1, 1, 0, 0, 0]);
  });
});

describe("priority", () => {
  const priorities = fc.array(fc.integer({ min: 0, max: 3 }), { minLength: 1, maxLength: 7 });

  it("never runs a task before a ready one of higher priority, and alternates between equal ones", () => {
    fc.assert(
      fc.property(priorities, limits, (levels, sizes) => {
        const tasks = levels.map((_, task) => ({ yields: task % 4, end: "returned" as const }));
        const policy = `priority:${levels.map((level, task) => `${task}=${level}`).join(",")}`;
        const program = new Program(schedulerFor(policy, levels.length), tasks);
        const { trace } = program.run(sizes).runner;
        const over = new Set<TaskId>();
        for (const { task, event } of trace) {
          const ready = levels.filter((_, id) => !over.has(id));
          assert.equal(levels[task], Math.max(...ready));
          if (event !== "yielded") over.add(task);
        }
      }),
      { numRuns: 300 },
    );
  });

  it("applies to a number, a name or a function, and the reason says which", () => {
    const { scheduler } = new Program(schedulerFor("priority:worker=2,worker #2=5,0=1", 1), endless(3));
    for (const name of ["worker", "worker"]) scheduler.add(name, `${name}()`);
    // t0 matches its number 1, worker its function 2, and worker #2 its name 5.
    assert.equal(scheduler.next, 2);
    assert.equal(scheduler.reason, "priority 5, the highest");
  });

  it("lets no task starve with ageing", () => {
    // Ten steps of waiting outweigh the whole difference in priority, which then applies again.
    const picks = picksOf("priority:ageing=5,0=2", 2, 100);
    assert.deepEqual(picks.slice(0, 12), [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0]);
    assert.equal(picks.filter((pick) => pick === 1).length, 9);
  });
});

describe("lottery", () => {
  it("gives shares in proportion to tickets, within statistical limits", () => {
    fc.assert(
      fc.property(seeds, fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 2, maxLength: 6 }), (seed, tickets) => {
        const steps = 4000;
        const held = tickets.map((count, task) => `${task}=${count}`).join(",");
        const picks = picksOf(`lottery:seed=${seed},${held}`, tickets.length, steps);
        const total = tickets.reduce((sum, count) => sum + count, 0);
        for (const [task, count] of tickets.entries()) {
          const share = count / total;
          const got = picks.filter((pick) => pick === task).length;
          // Six standard deviations: exceeded by chance less than once in a hundred million runs.
          assert.ok(Math.abs(got - steps * share) < 6 * Math.sqrt(steps * share * (1 - share)));
        }
      }),
      { numRuns: 50 },
    );
  });

  it("has the ticket in its reason", () => {
    assert.match(schedulerFor("lottery:seed=1,0=39", 2).reason ?? "", /^ticket ([1-9]|[123]\d|40) of 40$/);
  });
});

describe("random", () => {
  it("picks every task equally often, within statistical limits", () => {
    fc.assert(
      fc.property(seeds, fc.integer({ min: 2, max: 9 }), (seed, tasks) => {
        const picks = picksOf(`random:seed=${seed}`, tasks, 4000);
        const [mean, variance] = [4000 / tasks, (4000 / tasks) * (1 - 1 / tasks)];
        for (let task = 0; task < tasks; task += 1) {
          assert.ok(Math.abs(picks.filter((pick) => pick === task).length - mean) < 6 * Math.sqrt(variance));
        }
      }),
      { numRuns: 50 },
    );
  });

  it("gives other picks for another seed", () => {
    assert.notDeepEqual(picksOf("random:seed=1", 3, 50), picksOf("random:seed=2", 3, 50));
  });
});

describe("fair", () => {
  it("runs the task with the least run time if it plans step by step", () => {
    const program = new Program(schedulerFor("fair", 4), endless(4));
    for (let step = 0; step < 200; step += 1) {
      const next = program.scheduler.next ?? 0;
      assert.equal(program.times[next], Math.min(...program.times));
      program.advance(1);
    }
  });

  it("does so even if plans did not run, ran in part, or the user picked another task", () => {
    const deed = fc.record({ planned: fc.integer({ min: 1, max: 40 }), ran: fc.nat(40), foreign: fc.option(fc.nat(3)) });
    fc.assert(
      fc.property(fc.array(deed, { maxLength: 30 }), (deeds) => {
        const program = new Program(schedulerFor("fair:batch=16", 4), endless(4));
        for (const { planned, ran, foreign } of deeds) {
          const { picks } = program.scheduler.plan(planned) ?? { picks: [] };
          if (foreign !== null) program.execute({ picks: [foreign, 3 - foreign], times: 2 });
          else if (ran > 0) program.execute({ picks: picks.slice(0, ran), times: 1 });
          assert.equal(program.times[program.scheduler.next ?? 0], Math.min(...program.times));
        }
      }),
      { numRuns: 300 },
    );
  });

  it("runs tasks in turn before it knows their run times", () => {
    assert.deepEqual(schedulerFor("fair", 3).plan(9)?.picks, [0, 1, 2, 0, 1, 2, 0, 1, 2]);
  });

  it("plans a whole round of thousands of tasks at once, but not more picks than requested", () => {
    // Tasks that never ran are expected to take no time, so only the batch size ends the plan.
    assert.equal(schedulerFor("fair", 3_000).plan(10_000)?.picks.length, 3_000);
    assert.equal(schedulerFor("fair", 3).plan(10_000)?.picks.length, 1_024);
    assert.equal(schedulerFor("fair:batch=16", 3_000).plan(10_000)?.picks.length, 16);
  });

  it("keeps run times as equal as one batch allows", () => {
    const program = new Program(schedulerFor("fair:batch=16", 4), endless(4));
    for (let round = 0; round < 200; round += 1) program.advance(1000);
    // The longest slice of the test takes 14 µs.
    assert.ok(Math.max(...program.times) - Math.min(...program.times) < 2 * 14);
  });

  it("does not let a late task catch up with the others", () => {
    const program = new Program(schedulerFor("fair", 2), endless(3));
    for (let step = 0; step < 100; step += 1) program.advance(1);
    program.scheduler.add("t2", "t2()");
    const before = program.picks.length;
    for (let step = 0; step < 30; step += 1) program.advance(1);
    // It has the longest slices of the three, so it gets less than an equal share of the steps from the start.
    assert.ok(program.picks.slice(before).filter((pick) => pick === 2).length <= 10);
  });
});

describe("pct", () => {
  it("preempts a ready task at up to d - 1 change points", () => {
    fc.assert(
      fc.property(seeds, fc.integer({ min: 1, max: 5 }), scripts, limits, (seed, depth, tasks, sizes) => {
        const policy = `pct:seed=${seed},depth=${depth},length=30`;
        const { trace } = new Program(schedulerFor(policy, tasks.length), tasks).run(sizes).runner;
        const preempted = trace.filter(({ task, event }, index) => event === "yielded" && trace[index + 1]?.task !== task);
        assert.ok(preempted.length <= depth - 1);
      }),
      { numRuns: 500 },
    );
  });

  it("finds a bug of depth 2 about as often as its guarantee says", () => {
    // The bug: t0 makes exactly two of its six steps before t1's first, which requires one change point in the right place.
    const tasks = [
      { yields: 5, end: "returned" as const },
      { yields: 0, end: "returned" as const },
    ];
    const found = Array.from({ length: 2000 }, (_, seed) => {
      const { picks } = new Program(schedulerFor(`pct:seed=${seed},depth=2,length=7`, 2), tasks).run([10]);
      return picks.indexOf(1) === 2;
    });
    // The guarantee is at least 1 in n k^(d-1) = 2 · 7.
    assert.ok(found.filter(Boolean).length > 2000 / 14 - 6 * Math.sqrt(2000 / 14));
  });
});
