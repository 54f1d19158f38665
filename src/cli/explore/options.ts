/**
 * The arguments of `explore` and `explore merge`.
 */
import { resolve } from "node:path";
import { type Shard, whole } from "../../core/explore/strategy";
import { untils } from "../../core/until";
import { usualVirtualTime } from "../../core/virtualTime";
import { frameworks } from "../../session/explore/regressionTest";
import { isRanked, usualPolicy } from "../../session/order/policies";
import type { Setup } from "../../session/setup/setups";
import type { CopiedTest, ExploreCommand, MergeCommand } from "../commands";
import {
  callsOf,
  formatOf,
  noCalls,
  oneOf,
  pathOf,
  seedOf,
  stepOf,
  UsageError,
  type Values,
  virtualTimeOf,
  workingOf,
} from "../optionValues";

/** An order is cut after so many steps. */
const usualSteps = 1_000;

/** What can count as part of an outcome beside how the tasks ended. */
const countables = ["values", "output"] as const;

export function exploreCommand(file: string, given: readonly string[], values: Values, setup?: Setup): ExploreCommand {
  const calls = callsOf(file, given, setup);
  if (calls.length === 0) throw noCalls();
  const strategy = strategyOf(values);
  const shard = shardOf(values);
  if (shard.of > 1 && strategy === undefined) {
    throw new UsageError("With --shard, --strategy or --delays is needed, so that all shards search in the same way.");
  }
  const seconds = secondsOf(values);
  return {
    name: "explore",
    file: resolve(file),
    calls,
    question: {
      until: oneOf("until", untils, values.until ?? setup?.until ?? "all"),
      check: values.check ?? setup?.check,
      invariant: values.invariant ?? setup?.invariant,
      watches: values.watch ?? [],
      counts: countsOf(values),
      steps: stepOf("steps", values.steps) ?? usualSteps,
      policy: policyOf(values, setup),
      // The seed of the option is the strategy's: all orders get the same random numbers.
      time: virtualTimeOf({ ...values, seed: undefined }, setup) ?? usualVirtualTime,
    },
    effort: {
      strategy,
      seed: seedOf(values),
      orders: stepOf("orders", values.orders),
      ...(seconds === undefined ? {} : { millis: seconds * 1000 }),
      shard,
    },
    working: workingOf(values, setup),
    test: testOf(values),
    format: formatOf(values),
    node: values.node ?? "",
    python: values.python ?? "",
  };
}

export function mergeCommand(file: string, rest: readonly string[], values: Values): MergeCommand {
  const files = [file, ...rest].map((each) => resolve(each));
  return { name: "merge", file: files[0] as string, files, format: formatOf(values) };
}

function testOf({ test, out, format }: Values): CopiedTest | undefined {
  if (test === undefined) {
    if (out !== undefined) throw new UsageError("--out is the file of a test: --test is missing.");
    return undefined;
  }
  const framework = oneOf("test", frameworks, test);
  if (out === undefined && format !== undefined) {
    throw new UsageError("Without --out the test takes the place of the report: leave out --format.");
  }
  return { framework, out: pathOf("out", out) };
}

/** A setup's policy is for its runs: it is ignored where deviations from it cannot be counted. */
function policyOf({ policy }: Values, setup: Setup | undefined): string {
  if (policy !== undefined) return policy.trim();
  return setup?.policy !== undefined && isRanked(setup.policy) ? setup.policy : usualPolicy;
}

function strategyOf({ strategy, delays, preemptions }: Values): string | undefined {
  const given = [
    ...(strategy === undefined ? [] : ["--strategy"]),
    ...(delays === undefined ? [] : ["--delays"]),
    ...(preemptions === undefined ? [] : ["--preemptions"]),
  ];
  if (given.length > 1) throw new UsageError(`${given.at(-1)} is a strategy by itself: leave out ${given[0]}.`);
  if (delays !== undefined) return `delays:d=${boundOf("delays", delays)}`;
  return preemptions === undefined ? strategy : `preemptions:n=${boundOf("preemptions", preemptions)}`;
}

function boundOf(option: string, given: string): number {
  if (/^\d{1,4}$/.test(given)) return Number(given);
  throw new UsageError(`--${option} must be a whole number, not "${given}".`);
}

function shardOf({ shard }: Values): Shard {
  if (shard === undefined) return whole;
  const [, index, of] = /^(\d{1,6})\/(\d{1,6})$/.exec(shard)?.map(Number) ?? [];
  if (index !== undefined && of !== undefined && index >= 1 && index <= of) return { index: index - 1, of };
  throw new UsageError(`--shard must be one of several parts, from 1/4 to 4/4 for example, not "${shard}".`);
}

function secondsOf({ seconds }: Values): number | undefined {
  if (seconds === undefined) return undefined;
  if (/^\d{1,7}(\.\d+)?$/.test(seconds) && Number(seconds) > 0) return Number(seconds);
  throw new UsageError(`--seconds must be a number above 0, not "${seconds}".`);
}

function countsOf({ counts = "values" }: Values) {
  const given = counts.split(",").map((part) => part.trim());
  const [values, output] = countables.map((name) => given.includes(name)) as [boolean, boolean];
  const unknown = given.find((part) => part !== "none" && !countables.some((name) => name === part));
  if (unknown !== undefined) throw new UsageError(`--counts takes values, output, both with a comma, or none, not "${unknown}".`);
  return { values, output };
}
