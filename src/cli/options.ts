/**
 * The command line as data: what was asked, with every default filled in.
 */
import { resolve } from "node:path";
import { parseArgs } from "node:util";
import { UserError } from "../session/errors";
import type { Until } from "../session/session";

export type Format = "text" | "jsonl";

export interface TraceCommand {
  readonly name: "trace";
  /** Absolute. */
  readonly file: string;
  readonly calls: readonly string[];
  readonly until: Until;
  /** The most steps; `Infinity` for no limit. */
  readonly steps: number;
  readonly format: Format;
  /** Empty for the Node on PATH. */
  readonly node: string;
  /** Empty for the Python on PATH. */
  readonly python: string;
}

export interface ListCommand {
  readonly name: "list";
  /** Absolute. */
  readonly file: string;
  readonly format: Format;
}

export type Command = TraceCommand | ListCommand | { readonly name: "help" } | { readonly name: "version" };

/** The command line is not one of ours. */
export class UsageError extends UserError {
  override readonly name = "UsageError";

  constructor(message: string) {
    super(message, "Run with --help to read how it is used.");
  }
}

const options = {
  until: { type: "string" },
  steps: { type: "string" },
  format: { type: "string" },
  node: { type: "string" },
  python: { type: "string" },
  help: { type: "boolean" },
  version: { type: "boolean" },
} as const;

/** The options that each command knows. */
const known: Readonly<Record<string, readonly string[]>> = {
  trace: ["until", "steps", "format", "node", "python"],
  list: ["format"],
};

type Values = ReturnType<typeof parsed>["values"];

/**
 * Reads the arguments.
 *
 * @param args without the program's own name
 * @throws UsageError when an option or a command is unknown, or something is missing
 */
export function readCommand(args: readonly string[]): Command {
  const { values, positionals } = parsed(args);
  if (values.help) return { name: "help" };
  if (values.version) return { name: "version" };
  const [name = "", file, ...calls] = positionals;
  const allowed = known[name];
  if (!allowed) throw new UsageError(name === "" ? "A command is missing." : `There is no command "${name}".`);
  const foreign = Object.keys(values).find((option) => !allowed.includes(option));
  if (foreign) throw new UsageError(`The command "${name}" has no option --${foreign}.`);
  if (!file) throw new UsageError(`The command "${name}" needs a file.`);
  return name === "trace" ? traceCommand(file, calls, values) : listCommand(file, calls, values);
}

function traceCommand(file: string, calls: string[], values: Values): TraceCommand {
  if (calls.length === 0) throw new UsageError("At least one call is missing, for example 'counter()'.");
  return {
    name: "trace",
    file: resolve(file),
    calls,
    until: oneOf("until", ["first", "all"], values.until),
    steps: stepsOf(values.steps),
    format: oneOf("format", ["text", "jsonl"], values.format),
    node: values.node ?? "",
    python: values.python ?? "",
  };
}

function listCommand(file: string, rest: string[], values: Values): ListCommand {
  if (rest.length > 0) throw new UsageError(`The command "list" takes one file; "${rest[0]}" is too much.`);
  return { name: "list", file: resolve(file), format: oneOf("format", ["text", "jsonl"], values.format) };
}

function parsed(args: readonly string[]) {
  try {
    return parseArgs({ args: [...args], options, allowPositionals: true });
  } catch (cause) {
    throw new UsageError(cause instanceof Error ? cause.message : String(cause));
  }
}

function oneOf<T extends string>(option: string, choices: readonly [T, ...T[]], given: string | undefined): T {
  if (given === undefined) return choices[0];
  const choice = choices.find((each) => each === given);
  if (choice === undefined) throw new UsageError(`--${option} is ${choices.join(" or ")}, not "${given}".`);
  return choice;
}

function stepsOf(given: string | undefined): number {
  if (given === undefined) return Number.POSITIVE_INFINITY;
  const steps = /^\d+$/.test(given) ? Number(given) : 0;
  if (!Number.isSafeInteger(steps) || steps < 1) throw new UsageError(`--steps is a whole number from 1 on, not "${given}".`);
  return steps;
}
