/**
 * Parses the arguments into a command, with every default filled in.
 */
import { basename, resolve } from "node:path";
import { untils } from "../core/until";
import { languageOf } from "../finder";
import { isPolicyFile, usualPolicy } from "../session/order/policies";
import { setupNamed } from "../session/setup/lookup";
import { mustHaveFile, type Setup } from "../session/setup/setups";
import { exportFormats } from "../session/view/export";
import type { Command, FileCommand, TraceCommand } from "./commands";
import { compareCommand, compareSetupsCommand } from "./compare/options";
import { exploreCommand, mergeCommand } from "./explore/options";
import {
  callsOf,
  formatOf,
  functionsOf,
  noCalls,
  oneOf,
  onlyFile,
  parsed,
  pathOf,
  seedFor,
  seedOf,
  stepOf,
  timeAskedBy,
  UsageError,
  type Values,
  virtualTimeOf,
  workingOf,
} from "./optionValues";
import { policyList } from "./order";

/** Parses the arguments of one command. */
interface Reader {
  readonly options: readonly (keyof Values)[];
  /** @param rest the arguments after the file */
  read(file: string, rest: readonly string[], values: Values, setup?: Setup): FileCommand;
}

const readers: Readonly<Record<FileCommand["name"], Reader>> = {
  trace: {
    options: [
      "setup",
      "until",
      "steps",
      "format",
      "policy",
      "seed",
      "virtual-time",
      "way",
      "switch-points",
      "schedule",
      "against",
      "save",
      "node",
      "python",
    ],
    read: traceCommand,
  },
  observe: {
    options: ["setup", "never-task", "always-task", "steps", "format", "virtual-time", "seed", "save", "node", "python"],
    read: observeCommand,
  },
  explore: {
    options: [
      "setup",
      "check",
      "invariant",
      "watch",
      "counts",
      "strategy",
      "delays",
      "preemptions",
      "policy",
      "orders",
      "seconds",
      "seed",
      "shard",
      "until",
      "steps",
      "virtual-time",
      "way",
      "switch-points",
      "format",
      "test",
      "out",
      "node",
      "python",
    ],
    read: exploreCommand,
  },
  merge: { options: ["format"], read: mergeCommand },
  compare: {
    options: [
      "setup",
      "setups",
      "policies",
      "seed",
      "virtual-time",
      "way",
      "switch-points",
      "steps",
      "runs",
      "measure",
      "format",
      "node",
      "python",
    ],
    read: compareCommand,
  },
  list: {
    options: ["setup", "format", "node", "python"],
    read: listCommand,
  },
  show: { options: ["from", "to", "task", "explored", "format"], read: showCommand },
  export: { options: ["as", "out"], read: exportCommand },
  stats: {
    options: ["format"],
    read: (file, rest, values) => ({ name: "stats", file: onlyFile("stats", file, rest), format: formatOf(values) }),
  },
};

/**
 * Parses the arguments.
 *
 * @param args without the program's own name
 * @throws UsageError if an option or a command is unknown, or something is missing; SetupError, UserError if a setup cannot be read
 */
export function readCommand(args: readonly string[]): Command {
  const { values, positionals } = parsed(args);
  if (values.help) return { name: "help" };
  if (values.version) return { name: "version" };
  const [name = "", named, ...rest] = isMerge(positionals) ? positionals.slice(1) : positionals;
  const isKnown = name !== "merge" || isMerge(positionals);
  const reader = isKnown ? Object.entries(readers).find(([known]) => known === name)?.[1] : undefined;
  if (!reader) throw new UsageError(name === "" ? "A command is missing." : `There is no command "${name}".`);
  const foreign = Object.keys(values).find((option) => !reader.options.some((known) => known === option));
  if (foreign) throw new UsageError(`The command "${name}" has no option --${foreign}.`);
  if (values.setups !== undefined) return compareSetupsCommand(named === undefined ? [] : [named, ...rest], values);
  const setup = values.setup === undefined ? undefined : setupNamed(values.setup, process.cwd());
  // Beside a setup, whatever is given is for the program.
  const isGiven = name === "observe" && setup !== undefined;
  const file = isGiven ? setup.file : (named ?? setup?.file);
  const after = isGiven && named !== undefined ? [named, ...rest] : rest;
  if (!file) throw new UsageError(`The command "${name}" needs a file.`);
  mustBeUsed(file, { ...values, policy: values.policy ?? setup?.policy });
  return reader.read(file, after, values, setup);
}

/** `explore merge`; `merge` alone is no command. */
function isMerge([name, named]: readonly string[]): boolean {
  return name === "explore" && named === "merge";
}

/** Rejects an interpreter option that would have no effect, since it is probably a mistake. A policy in a file always runs in Node. */
function mustBeUsed(file: string, { node, python, policy = "", policies = "" }: Values): void {
  const language = languageOf(file);
  const written = language === "python" ? "Python" : "JavaScript or TypeScript";
  const isForPolicy = [policy, ...policyList(policies)].some(isPolicyFile);
  const useless = language === "python" ? node && !isForPolicy && "--node" : language && python && "--python";
  if (useless) throw new UsageError(`${basename(file)} is ${written}, so ${useless} has no effect.`);
}

function traceCommand(file: string, given: readonly string[], values: Values, setup?: Setup): FileCommand {
  const { schedule } = values;
  const isReplay = schedule !== undefined || values.against !== undefined;
  const calls = callsOf(file, given, setup);
  if (calls.length === 0 && setup?.observed) throw new UsageError(`The setup "${setup.name}" is a program: use observe.`);
  if (calls.length === 0 && !isReplay) throw noCalls();
  const virtualTime = virtualTimeOf(values, setup);
  if (isReplay && (values.policy ?? (virtualTime ? undefined : values.seed)) !== undefined) {
    throw new UsageError("A schedule determines the order itself: leave out --policy and --seed.");
  }
  const policy = values.policy ?? (isReplay ? undefined : setup?.policy) ?? usualPolicy;
  return {
    name: "trace",
    file: resolve(file),
    calls,
    areFromSetup: given.length === 0,
    ...untilOf(values.until ?? (isReplay ? "all" : (setup?.until ?? "first"))),
    steps: stepOf("steps", values.steps) ?? Number.POSITIVE_INFINITY,
    format: formatOf(values),
    policy,
    policyFolder: values.policy === undefined && setup ? setup.folder : process.cwd(),
    seed: isReplay ? undefined : (seedOf(values) ?? seedFor([policy], setup)),
    virtualTime,
    working: workingOf(values, setup),
    timeAsked: isReplay ? timeAskedBy(values) : {},
    schedule,
    against: pathOf("against", values.against),
    save: pathOf("save", values.save),
    node: values.node ?? "",
    python: values.python ?? "",
  };
}

/** Until a single task has ended, or until what ends every run. */
function untilOf(given: string): Pick<TraceCommand, "until" | "untilTask"> {
  const [, untilTask] = /^task:(.+)$/s.exec(given) ?? [];
  if (untilTask !== undefined) return { until: "all", untilTask };
  const until = untils.find((each) => each === given);
  if (until === undefined) throw new UsageError(`--until must be first, all or task:NAME, not "${given}".`);
  return { until, untilTask };
}

/** @param given the program's own arguments */
function observeCommand(file: string, given: readonly string[], values: Values, setup?: Setup): FileCommand {
  if (setup) mustHaveFile(setup);
  if (setup && !setup.observed) throw new UsageError(`The setup "${setup.name}" has tasks: use trace, or give it a "program".`);
  const { arguments: own = [], ...observed } = setup?.observed ?? {};
  const functions = functionsOf(values, setup);
  return {
    name: "observe",
    file: resolve(file),
    observed: { input: "inherit", ...observed, arguments: given.length > 0 ? [...given] : own, functions },
    steps: stepOf("steps", values.steps) ?? Number.POSITIVE_INFINITY,
    format: formatOf(values),
    virtualTime: virtualTimeOf(values, setup),
    save: pathOf("save", values.save),
    node: values.node ?? "",
    python: values.python ?? "",
  };
}

function listCommand(file: string, rest: readonly string[], values: Values): FileCommand {
  const { node = "", python = "" } = values;
  return { name: "list", file: onlyFile("list", file, rest), format: formatOf(values), node, python };
}

function showCommand(file: string, rest: readonly string[], values: Values): FileCommand {
  const { explored = false, task: tasks = [] } = values;
  const from = stepOf("from", values.from) ?? 1;
  const to = stepOf("to", values.to) ?? Number.POSITIVE_INFINITY;
  if (from > to) throw new UsageError(`--from ${from} comes after --to ${to}.`);
  if (explored && (values.from ?? values.to ?? values.task) !== undefined)
    throw new UsageError("--explored shows outcomes, no steps: leave out --from, --to and --task.");
  return { name: "show", file: onlyFile("show", file, rest), from, to, tasks, explored, format: formatOf(values) };
}

function exportCommand(file: string, rest: readonly string[], values: Values): FileCommand {
  if (values.as === undefined) throw new UsageError(`The format is missing: --as ${exportFormats.join("|")}.`);
  const as = oneOf("as", exportFormats, values.as);
  return { name: "export", file: onlyFile("export", file, rest), as, out: pathOf("out", values.out) };
}
