/**
 * Full speed under each policy, with runner, wire and trace: as a share of round-robin, and among many ready tasks.
 */
import { resolve } from "node:path";
import { policies } from "../../src/core/policies/registry";
import { PolicyFiles } from "../../src/session/policyFiles";
import { commandFor, median, sessionOn, taskFiles } from "./benchSession";

export const figures = ["policy."];

const stretches = 3;
const few = 10;
const many = 10_000;
const steps = 1_000_000;

/** A policy in a file, which is asked for 1,024 picks at once. */
const custom = "batch.js";

type Command = Awaited<ReturnType<typeof commandFor>>;

/**
 * Reports policy.NAME.ratio, the switches a second of two tasks as a share of round-robin's; policy.NAME.growth, the share that
 * is left among ten thousand tasks of the rate among ten; and policy.growth.ratio, the least of those.
 */
export async function bench(report: (name: string, value: number, unit: string) => void): Promise<void> {
  const command = await commandFor(taskFiles.js);
  const usual = await rateOf(command, "round-robin", 2);
  report("policy.round-robin.switches", usual, "switches/s");
  const growths: number[] = [];
  for (const { name } of policies) {
    if (name !== "round-robin") report(`policy.${name}.ratio`, (await rateOf(command, name, 2)) / usual, "of round-robin");
    growths.push((await rateOf(command, name, many)) / (await rateOf(command, name, few)));
    report(`policy.${name}.growth`, growths.at(-1) ?? 0, `of ${few} tasks`);
  }
  report("policy.custom.ratio", (await rateOf(command, custom, 2)) / usual, "of round-robin");
  report("policy.growth.ratio", Math.min(...growths), `of ${few} tasks`);
}

/** The middle of several stretches of one session, after one that warms it up. */
async function rateOf(command: Command, policy: string, tasks: number): Promise<number> {
  const own = { executable: process.execPath, env: {} };
  const folder = resolve("test/fixtures/policies");
  const policyFiles = new PolicyFiles({ folder, nodePath: process.execPath, own, dist: resolve("dist") });
  const session = sessionOn(taskFiles.js, command, { policy, policyFiles });
  try {
    await session.open();
    for (let task = 0; task < tasks; task += 1) await session.run.spawn(task % 2 === 0 ? "idler()" : "ticker()");
    await rateOfStretch(session);
    const rates: number[] = [];
    for (let stretch = 0; stretch < stretches; stretch += 1) rates.push(await rateOfStretch(session));
    return median(rates);
  } finally {
    session.stop();
  }
}

async function rateOfStretch(session: ReturnType<typeof sessionOn>): Promise<number> {
  const { head } = session;
  const began = performance.now();
  const end = await session.go(steps);
  if (end !== "step-limit" || session.head !== head + steps) throw new Error(`The run ended at step ${session.head}: ${end}.`);
  return (steps / (performance.now() - began)) * 1000;
}
