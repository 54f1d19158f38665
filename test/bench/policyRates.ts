/**
 * Full speed under each policy, with runner, wire and trace: relative to round-robin, and with many ready tasks.
 */
import { resolve } from "node:path";
import { policies } from "../../src/core/policies/registry";
import { PolicyFiles } from "../../src/session/order/policyFiles";
import { commandFor, median, sessionOn, taskFiles } from "./benchSession";

export const figures = ["policy."];

const stretches = 7;
const few = 10;
const many = 10_000;
const steps = 1_000_000;

/** A policy in a file, which makes 1,024 picks per question. */
const custom = "batch.js";

type Command = Awaited<ReturnType<typeof commandFor>>;

/** A session at rest, with its tasks. */
type Resting = Awaited<ReturnType<typeof sessionWith>>;

/**
 * Reports policy.NAME.ratio, the switches per second of two tasks relative to round-robin; policy.NAME.growth, the rate with ten thousand
 * tasks relative to the rate with ten; and policy.growth.ratio, the lowest of those.
 */
export async function bench(report: (name: string, value: number, unit: string) => void): Promise<void> {
  const command = await commandFor(taskFiles.js);
  const usual = await sessionWith(command, "round-robin", 2);
  const growths: number[] = [];
  try {
    report("policy.round-robin.switches", await rateOfStretch(usual), "switches/s");
    for (const { name } of policies) {
      if (name !== "round-robin")
        report(`policy.${name}.ratio`, await share(sessionWith(command, name, 2), usual), "of round-robin");
      growths.push(await growth(command, name));
      report(`policy.${name}.growth`, growths.at(-1) ?? 0, `of ${few} tasks`);
    }
    report("policy.custom.ratio", await share(sessionWith(command, custom, 2), usual), "of round-robin");
    report("policy.growth.ratio", Math.min(...growths), `of ${few} tasks`);
  } finally {
    usual.stop();
  }
}

async function growth(command: Command, policy: string): Promise<number> {
  const among = await sessionWith(command, policy, few);
  try {
    return await share(sessionWith(command, policy, many), among);
  } finally {
    among.stop();
  }
}

/** The rate of a session, which is then ended, relative to another's: the median of several alternating rounds. */
async function share(opened: Promise<Resting>, other: Resting): Promise<number> {
  const session = await opened;
  try {
    const shares: number[] = [];
    for (let stretch = 0; stretch < stretches; stretch += 1) {
      const usual = await rateOfStretch(other);
      shares.push((await rateOfStretch(session)) / usual);
    }
    return median(shares);
  } finally {
    session.stop();
  }
}

/** The rate of a round, after a warm-up round. */
async function sessionWith(command: Command, policy: string, tasks: number) {
  const own = { executable: process.execPath, env: {} };
  const folder = resolve("test/fixtures/policies");
  const policyFiles = new PolicyFiles({ folder, nodePath: process.execPath, own, dist: resolve("dist") });
  const session = sessionOn(taskFiles.js, command, { policy, policyFiles });
  await session.open();
  for (let task = 0; task < tasks; task += 1) await session.run.spawn(task % 2 === 0 ? "idler()" : "ticker()");
  await rateOfStretch(session);
  return session;
}

async function rateOfStretch(session: ReturnType<typeof sessionOn>): Promise<number> {
  const { head } = session;
  const began = performance.now();
  const end = await session.go(steps);
  if (end !== "step-limit" || session.head !== head + steps) throw new Error(`The run ended at step ${session.head}: ${end}.`);
  return (steps / (performance.now() - began)) * 1000;
}
