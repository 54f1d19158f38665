/**
 * The speed of each policy: only planning and applying, without a runner, with few and with many ready tasks.
 */
import { makePolicy, parsePolicy } from "../../src/core/policies/parse";
import { policies } from "../../src/core/policies/registry";
import { planLength } from "../../src/core/schedule/plan";
import { Scheduler } from "../../src/core/scheduler/scheduler";
import { median } from "./benchSession";

export const figures = ["core."];

const few = 10;
const many = 10_000;
const rounds = 3;
/** The number of steps of a measurement: at full speed, and if each step is planned separately. */
const batched = 1_000_000;
const single = 20_000;

/**
 * Reports the CPU time of a pick in nanoseconds: core.NAME.few and core.NAME.many at full speed, with few and many ready tasks, and
 * core.NAME.step.few and core.NAME.step.many if each step is planned separately.
 */
export async function bench(report: (name: string, value: number, unit: string) => void): Promise<void> {
  for (const text of [...policies.map(({ name }) => name), "priority:ageing=10", "round-robin:quantum=5"]) {
    const name = `core.${text.replace(/[:=]/g, ".")}`;
    report(`${name}.few`, cost(text, few, batched, batched), "ns");
    report(`${name}.many`, cost(text, many, batched, batched), "ns");
    report(`${name}.step.few`, cost(text, few, single, 1), "ns");
    report(`${name}.step.many`, cost(text, many, single, 1), "ns");
  }
}

function cost(policy: string, tasks: number, steps: number, limit: number): number {
  return median(Array.from({ length: rounds }, () => once(policy, tasks, steps, limit)));
}

/** Slices take from 1 to 5 microseconds. */
function once(policy: string, tasks: number, steps: number, limit: number): number {
  const scheduler = new Scheduler(makePolicy(parsePolicy(policy)), policy);
  for (let task = 0; task < tasks; task += 1) scheduler.add("idler", "idler()");
  const micros = (index: number): number => 1 + ((index * 7) % 5);
  const began = process.cpuUsage();
  while (scheduler.steps < steps) {
    const plan = scheduler.plan(Math.min(limit, steps - scheduler.steps));
    if (!plan) throw new Error("Nothing was planned.");
    scheduler.apply(plan, { ran: planLength(plan), last: "yielded", micros });
  }
  return (process.cpuUsage(began).user / steps) * 1_000;
}
