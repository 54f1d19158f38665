/**
 * Programs without a process, run under a policy: tasks with a given number of yields and invented slice durations.
 */
import fc from "fast-check";
import { makePolicy, parsePolicy } from "../../../../src/core/policies/parse";
import { policies } from "../../../../src/core/policies/registry";
import type { Plan } from "../../../../src/core/schedule/plan";
import { type Executed, Scheduler } from "../../../../src/core/scheduler/scheduler";
import type { TaskId } from "../../../../src/core/task";
import { type Script, SimulatedRunner } from "../simulatedRunner";

/** The text of every policy, with parameters for some. */
export const texts: readonly string[] = [
  ...policies.map(({ name }) => name),
  "round-robin:quantum=3",
  "fcfs:quantum=2",
  "priority:0=2,1=2,t2=1",
  "priority:ageing=3,0=5,1=2",
  "random:seed=5,quantum=2",
  "lottery:seed=3,0=10,t1=2",
  "fair:batch=4",
  "fair:quantum=2",
  "pct:seed=4,depth=4,length=20",
];

export const anyPolicy = fc.constantFrom(...texts);

export const scripts = fc.array(fc.record({ yields: fc.nat(12), end: fc.constantFrom("returned" as const, "threw" as const) }), {
  minLength: 1,
  maxLength: 7,
});

/** Sizes of plans, in steps, which are used cyclically. */
export const limits = fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 1, maxLength: 6 });

/** A scheduler with tasks `t0`, `t1` and so on. */
export function schedulerFor(policy: string, tasks: number): Scheduler {
  const scheduler = new Scheduler(makePolicy(parsePolicy(policy)), policy);
  for (let task = 0; task < tasks; task += 1) scheduler.add(`t${task}`, `t${task}()`);
  return scheduler;
}

/** The duration of a slice: always the same for the same step of a task, and longer for some tasks. */
export function microsOf(task: TaskId, step: number): number {
  return 1 + task * 3 + ((step * 7) % 5);
}

export class Program {
  readonly runner: SimulatedRunner;
  /** The run time of each task, in microseconds. */
  readonly times: number[];

  constructor(
    readonly scheduler: Scheduler,
    readonly scripts: readonly Script[],
  ) {
    this.runner = new SimulatedRunner(scripts);
    this.times = scripts.map(() => 0);
  }

  get picks(): TaskId[] {
    return this.runner.trace.map(({ task }) => task);
  }

  /** Executes one plan. @returns whether there was one */
  advance(limit: number): boolean {
    const plan = this.scheduler.plan(limit);
    if (plan) this.execute(plan);
    return plan !== undefined;
  }

  execute(plan: Plan): Executed {
    const { trace } = this.runner;
    const before = trace.length;
    const executed = this.runner.advance(plan);
    const taskOf = (index: number): TaskId => trace[before + index]?.task ?? 0;
    const micros = (index: number): number => microsOf(taskOf(index), before + index);
    for (let index = 0; index < executed.ran; index += 1) (this.times[taskOf(index)] as number) += micros(index);
    this.scheduler.apply(plan, { ...executed, micros });
    return executed;
  }

  /** Runs to the end. @param limits the sizes of the batches, used cyclically */
  run(limits: readonly number[]): this {
    for (let round = 0; this.advance(limits[round % limits.length] ?? 1); round += 1);
    return this;
  }
}
