/**
 * The arguments of `compare`.
 */
import { resolve } from "node:path";
import { maxComparedSteps } from "../../protocol/schedule";
import type { Setup } from "../../session/setup/setups";
import type { CompareCommand, CompareSetupsCommand, ComparisonFormat } from "../commands";
import {
  callsOf,
  noCalls,
  oneOf,
  seedFor,
  seedOf,
  stepOf,
  UsageError,
  type Values,
  virtualTimeOf,
  workingOf,
} from "../optionValues";
import { policyList } from "../order";

/** The default number of steps compared for each line. */
const usualSteps = 100_000;

/** How often each setup runs by default. */
const usualRuns = 3;

const formats = ["text", "jsonl", "csv"] as const;

/** What setups say themselves. */
const ofSetups = ["setup", "policies", "seed", "virtual-time", "way", "switch-points"] as const;

/** The same calls under several policies. */
export function compareCommand(file: string, given: readonly string[], values: Values, setup?: Setup): CompareCommand {
  const calls = callsOf(file, given, setup);
  if (calls.length === 0) throw noCalls();
  if (!values.policies) throw new UsageError("The policies are missing, for example --policies round-robin,fcfs,random.");
  const policies = policyList(values.policies);
  return {
    name: "compare",
    file: resolve(file),
    calls,
    policies,
    seed: seedOf(values) ?? seedFor(policies, setup),
    virtualTime: virtualTimeOf(values, setup),
    working: workingOf(values, setup),
    runs: stepOf("runs", values.runs),
    ...commonOf(values),
  };
}

/** Several setups. @param given the other arguments, of which there may be none */
export function compareSetupsCommand(given: readonly string[], values: Values): CompareSetupsCommand {
  const option = ofSetups.find((each) => values[each] !== undefined);
  const foreign = given[0] === undefined ? option && `--${option}` : `"${given[0]}"`;
  if (foreign !== undefined) throw new UsageError(`With --setups, the setups say themselves what runs: leave out ${foreign}.`);
  const setups = (values.setups ?? "").split(",").map((name) => name.trim());
  if (setups.includes("")) throw new UsageError("--setups needs names of setups, with commas between them.");
  return { name: "compareSetups", setups, runs: stepOf("runs", values.runs) ?? usualRuns, ...commonOf(values) };
}

function commonOf(values: Values): Pick<CompareCommand, "steps" | "format" | "node" | "python"> {
  const steps = stepOf("steps", values.steps) ?? usualSteps;
  if (steps > maxComparedSteps) throw new UsageError(`With compare, --steps must not exceed ${maxComparedSteps}.`);
  const format: ComparisonFormat = oneOf("format", formats, values.format ?? "text");
  return { steps, format, node: values.node ?? "", python: values.python ?? "" };
}
