/**
 * The options of all commands, and how the values of those are read that several commands have.
 */
import { resolve } from "node:path";
import { parseArgs } from "node:util";
import { parseCall } from "../core/callText";
import type { Working } from "../core/conditions";
import type { Decisions } from "../core/decisions";
import { leastStep, mostStep, usualVirtualTime, type VirtualTime } from "../core/virtualTime";
import { switchPoints, ways } from "../core/ways";
import { callIn } from "../session/common/calls";
import { UserError } from "../session/common/errors";
import { isSeeded, partsOf } from "../session/order/policies";
import type { Setup } from "../session/setup/setups";
import type { Format } from "./commands";

/** The value of `--virtual-time` if none is given. */
const bareVirtualTime = "usual";

export const options = {
  setup: { type: "string" },
  setups: { type: "string" },
  runs: { type: "string" },
  until: { type: "string" },
  steps: { type: "string" },
  format: { type: "string" },
  save: { type: "string" },
  check: { type: "string" },
  invariant: { type: "string" },
  watch: { type: "string", multiple: true },
  counts: { type: "string" },
  strategy: { type: "string" },
  delays: { type: "string" },
  preemptions: { type: "string" },
  orders: { type: "string" },
  seconds: { type: "string" },
  shard: { type: "string" },
  policy: { type: "string" },
  policies: { type: "string" },
  seed: { type: "string" },
  "virtual-time": { type: "string" },
  way: { type: "string" },
  "switch-points": { type: "string" },
  schedule: { type: "string" },
  against: { type: "string" },
  node: { type: "string" },
  python: { type: "string" },
  from: { type: "string" },
  to: { type: "string" },
  task: { type: "string", multiple: true },
  "never-task": { type: "string", multiple: true },
  "always-task": { type: "string", multiple: true },
  explored: { type: "boolean" },
  as: { type: "string" },
  out: { type: "string" },
  test: { type: "string" },
  help: { type: "boolean" },
  version: { type: "boolean" },
} as const;

/** The options as they were given. */
export type Values = ReturnType<typeof parsed>["values"];

/** The command line is not valid. */
export class UsageError extends UserError {
  override readonly name = "UsageError";

  constructor(message: string) {
    super(message, "Run with --help to see the usage.");
  }
}

/** @throws UsageError if an option does not exist, or has no value */
export function parsed(args: readonly string[]) {
  try {
    const end = args.includes("--") ? args.indexOf("--") : args.length;
    return parseArgs({
      args: [...args.slice(0, end).map(withValue), ...args.slice(end)],
      options,
      allowPositionals: true,
    });
  } catch (cause) {
    throw new UsageError(cause instanceof Error ? cause.message : String(cause));
  }
}

/** `parseArgs` does not support options with an optional value. */
function withValue(arg: string): string {
  return arg === "--virtual-time" ? `${arg}=${bareVirtualTime}` : arg;
}

/** Options take precedence over the fields of a setup. Their paths are relative to the current folder, like the path of the file. */
export function callsOf(main: string, given: readonly string[], setup: Setup | undefined): readonly string[] {
  if (given.length === 0) return setup?.calls ?? [];
  return given.map((text) => {
    const { file, expression } = parseCall(text);
    return file === undefined ? text : callIn(resolve(file), expression, resolve(main));
  });
}

/** Which functions of an observed program count as tasks. Options take precedence over a setup. */
export function functionsOf(values: Values, setup: Setup | undefined): Decisions {
  const { "never-task": never = [], "always-task": always = [] } = values;
  const both = never.find((name) => always.includes(name));
  if (both !== undefined) throw new UsageError(`--never-task and --always-task cannot both name ${both}.`);
  const given = [...never.map((name) => [name, "never"]), ...always.map((name) => [name, "always"])];
  return { ...setup?.observed?.functions, ...Object.fromEntries(given) };
}

/** The virtual time, whose random numbers use the same seed. */
export function virtualTimeOf(values: Values, setup: Setup | undefined): VirtualTime | undefined {
  const given = values["virtual-time"];
  if (given === undefined && !setup?.virtualTime) return undefined;
  const { virtual, seed } = setup?.virtualTime ?? usualVirtualTime;
  return { virtual: given === undefined ? virtual : virtualStepOf(given), seed: seedOf(values) ?? seed };
}

/** How the calls work at the same time; nothing is set if nobody says so. */
export function workingOf({ way, "switch-points": points, ...values }: Values, setup: Setup | undefined): Working {
  const asked = way === undefined ? undefined : oneOf("way", ways, way);
  const isThreads = asked === undefined ? setup?.threads !== undefined : asked === "threads";
  if (points !== undefined && !isThreads) throw new UsageError("--switch-points is for threads: --way threads is missing.");
  if (isThreads)
    return { threads: points === undefined ? (setup?.threads ?? "accesses") : oneOf("switch-points", switchPoints, points) };
  if (asked === undefined ? !setup?.processes : asked !== "processes") return {};
  if (values["virtual-time"] !== undefined)
    throw new UsageError("Processes run at the same time, which is real: leave out --virtual-time.");
  return { processes: true };
}

/** What the options themselves say of virtual time. The usual step is said by nobody. */
export function timeAskedBy(values: Values): Partial<VirtualTime> {
  const { "virtual-time": step } = values;
  const seed = seedOf(values);
  return {
    ...(step === undefined || step === bareVirtualTime ? {} : { virtual: virtualStepOf(step) }),
    ...(seed === undefined ? {} : { seed }),
  };
}

function virtualStepOf(given: string): number {
  if (given === bareVirtualTime) return usualVirtualTime.virtual;
  const millis = /^\d+(\.\d+)?$/.test(given) ? Number(given) : 0;
  if (millis >= leastStep && millis <= mostStep) return millis;
  throw new UsageError(`--virtual-time must be a number of milliseconds from ${leastStep} to ${mostStep}, not "${given}".`);
}

/** The error if there is nothing to run. */
export function noCalls(): UsageError {
  return new UsageError("At least one call is missing, for example 'counter()'.");
}

/** The value of `--seed`. */
export function seedOf({ seed }: Values): number | undefined {
  if (seed === undefined) return undefined;
  if (/^\d{1,10}$/.test(seed) && Number(seed) < 2 ** 32) return Number(seed);
  throw new UsageError(`--seed must be a whole number below 2^32, not "${seed}".`);
}

/** A setup's seed belongs to its own policy: it is ignored if another policy is chosen that uses none. */
export function seedFor(policies: readonly string[], setup: Setup | undefined): number | undefined {
  const takesIt = (policy: string) => isSeeded(policy) && partsOf(policy).seed === undefined;
  return setup?.seed !== undefined && policies.some(takesIt) ? setup.seed : undefined;
}

/** The absolute path of the only file of a command. */
export function onlyFile(command: string, file: string, [other]: readonly string[]): string {
  if (other !== undefined) throw new UsageError(`The command "${command}" takes one file, but "${other}" follows it.`);
  return resolve(file);
}

/** The absolute path in an option. */
export function pathOf(option: string, given: string | undefined): string | undefined {
  if (given === "") throw new UsageError(`--${option} needs the name of a file.`);
  return given === undefined ? undefined : resolve(given);
}

/** The value of `--format`. */
export function formatOf({ format = "text" }: Values): Format {
  return oneOf("format", ["text", "jsonl"], format);
}

/** A value that has to be one of several. */
export function oneOf<T extends string>(option: string, choices: readonly T[], given: string): T {
  const choice = choices.find((each) => each === given);
  if (choice === undefined) throw new UsageError(`--${option} must be ${choices.join(" or ")}, not "${given}".`);
  return choice;
}

/** A whole number of at least 1. */
export function stepOf(option: string, given: string | undefined): number | undefined {
  if (given === undefined) return undefined;
  const steps = /^\d+$/.test(given) ? Number(given) : 0;
  if (!Number.isSafeInteger(steps) || steps < 1) {
    throw new UsageError(`--${option} must be a whole number of at least 1, not "${given}".`);
  }
  return steps;
}
