/**
 * The schema of `.vscode/yieldpoint.json`, with a remedy for each field. `media/setups.schema.json` describes the same to the editor.
 */
import * as v from "valibot";
import { decisions } from "../../core/decisions";
import { untils } from "../../core/until";
import { leastStep, mostStep } from "../../core/virtualTime";
import { warningKinds } from "../../core/warnings/warning";
import { switchPoints, ways } from "../../core/ways";
import { Seed, StepMillis } from "../../protocol/time";

const text = v.pipe(v.string(), v.nonEmpty());
const line = v.pipe(v.number(), v.integer(), v.minValue(1));

/** As in the setting `yieldpoint.silencedWarnings`. */
const silenced = v.pipe(v.string(), v.regex(new RegExp(`^(${warningKinds.join("|")})(:.+)?$`)));

const ofAnyKind = { task: v.optional(text), enabled: v.optional(v.boolean()) };

/** A breakpoint. One on a line is in the setup's file unless it names another file. */
const SetupBreakpoint = v.variant("kind", [
  v.strictObject({ kind: v.picklist(["resumed", "yielded", "returned", "threw"]), ...ofAnyKind }),
  v.strictObject({ kind: v.literal("condition"), expression: text, ...ofAnyKind }),
  v.strictObject({ kind: v.literal("line"), line, file: v.optional(text), expression: v.optional(text), ...ofAnyKind }),
]);

/** A program that decides itself who runs. */
const SetupProgram = v.strictObject({
  arguments: v.optional(v.array(v.string())),
  module: v.optional(text),
  environment: v.optional(v.record(v.string(), v.string())),
  input: v.optional(text),
  functions: v.optional(v.record(v.string(), v.picklist(decisions))),
});

/** A setup as written in the file. A new field also needs a remedy below and a description in the JSON schema. */
export const SetupFields = v.strictObject({
  file: text,
  tasks: v.optional(v.pipe(v.array(v.union([text, v.strictObject({ file: text, call: text })])), v.nonEmpty())),
  program: v.optional(SetupProgram),
  way: v.optional(v.picklist(ways)),
  switchPoints: v.optional(v.picklist(switchPoints)),
  policy: v.optional(text),
  seed: v.optional(Seed),
  virtualTime: v.optional(v.union([StepMillis, v.strictObject({ step: v.optional(StepMillis), seed: v.optional(Seed) })])),
  until: v.optional(v.picklist(untils)),
  watches: v.optional(v.array(text)),
  check: v.optional(text),
  invariant: v.optional(text),
  silencedWarnings: v.optional(v.array(silenced)),
  breakpoints: v.optional(v.array(SetupBreakpoint)),
});
export type SetupFields = v.InferOutput<typeof SetupFields>;

/** The fields at the top level of the file. */
export const fileFields = ["$schema", "setups"] as const;

/** By field: what to write into it, for error messages. */
export const remedies: Readonly<Record<string, string>> = {
  $schema: "Leave it out: the editor knows the schema.",
  setups: 'Write an object with the setups by name: { "lost update": { "file": "tasks.ts", "tasks": ["deposit()"] } }.',
  file: 'Write a path from the folder that .vscode is in, such as "src/tasks.ts".',
  tasks: 'Write a list of calls, such as ["counter()", { "file": "other.ts", "call": "counter()" }].',
  program: 'Write an object, such as { "arguments": ["--verbose"] }, or {} for a program that is given nothing.',
  way: 'Write "cooperative", "threads" for functions that may give way anywhere, or "processes" for tasks that run at the same time.',
  switchPoints: 'Write "accesses", or "lines" for a switch point at every line.',
  arguments: 'Write a list of texts, such as ["--seed", "7"].',
  module: 'Write the name of a Python module, such as "package.tool".',
  environment: 'Write an object of texts, such as { "LEVEL": "2" }.',
  input: 'Write the path of a file, from the folder that .vscode is in, such as "input.txt".',
  functions:
    'Write an object with "never" or "always" by the names of functions, such as { "walk": "never", "leaves": "always" }.',
  call: 'Write an expression that gives a generator, such as "counter()".',
  policy: 'Write a policy, such as "round-robin" or "lottery:counter=3", or the path of a file that exports one.',
  seed: "Write a whole number from 0 to 4294967295.",
  virtualTime: 'Write by how many milliseconds a step moves the clock, such as 1, or { "step": 1, "seed": 7 }.',
  step: `Write a number of milliseconds from ${leastStep} to ${mostStep}.`,
  until: 'Write "first" or "all".',
  watches: 'Write a list of expressions, such as ["balance"].',
  check: 'Write an expression that must hold at the end of every order, such as "account === 2".',
  invariant: 'Write an expression that must hold after every step, such as "account >= 0".',
  breakpoints: 'Write a list of breakpoints, such as [{ "kind": "threw" }].',
  silencedWarnings: 'Write a list of kinds of warnings, such as ["hog", "starvation:counter"].',
  kind: 'Write "resumed", "yielded", "returned", "threw", "condition" or "line".',
  task: 'Write the name of a task, such as "counter #2".',
  expression: 'Write an expression, such as "value > 3".',
  line: "Write a line number, starting at 1.",
  enabled: "Write true or false.",
};

/** The paths of the objects whose fields are named by users. */
export const withUsersNames: readonly string[] = ["program.environment", "program.functions"];

/** The fields of each object, by the path of the object without array indexes. */
export const fieldsIn: Readonly<Record<string, readonly string[]>> = {
  "": Object.keys(SetupFields.entries),
  tasks: ["file", "call"],
  program: Object.keys(SetupProgram.entries),
  virtualTime: ["step", "seed"],
  breakpoints: ["kind", "task", "enabled", "expression", "line", "file"],
};
