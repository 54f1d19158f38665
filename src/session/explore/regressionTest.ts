/**
 * An outcome as a regression test: the source of a test that replays its witness through the package `cotasks`, and fails as long as the
 * outcome is there. Pure text.
 */
import { withVisible } from "../../core/printable";
import type { TaskId } from "../../core/task";
import { UserError } from "../common/errors";

export const frameworks = ["node", "mocha", "vitest", "pytest"] as const;
export type Framework = (typeof frameworks)[number];

/** A file of the program. */
export interface TestedFile {
  /** As the test refers to it: relative to the test's folder, with slashes. */
  readonly path: string;
  /** What the test needs of the file. Python needs no imports. */
  readonly imports: readonly { readonly name: string; readonly exported: string }[];
}

export interface CopiedOutcome {
  /** The session's file, in whose scope the check and the invariant are evaluated, and after it the files of tasks of other files. */
  readonly files: readonly TestedFile[];
  /** One for each task that the schedule begins with. `file` is an index. */
  readonly calls: readonly { readonly file: number; readonly expression: string }[];
  /** The names of these tasks. */
  readonly names: readonly string[];
  readonly picks: readonly TaskId[];
  readonly check?: string | undefined;
  readonly invariant?: string | undefined;
  readonly until: "first" | "all";
  /** By how many milliseconds a step moves the clock. */
  readonly virtualTime: number;
  /** What the outcome fails by. */
  readonly why: string;
  readonly explanation?: string | undefined;
}

/** The source of the test. The framework has to be one for the file's language: see `mustTest`. */
export function regressionTest(outcome: CopiedOutcome, framework: Framework): string {
  return framework === "pytest" ? pythonTest(outcome) : javascriptTest(outcome, framework);
}

/** @throws UserError if the framework is not one for the file's language */
export function mustTest(framework: Framework, file: string): void {
  const isPython = /\.py$/i.test(file);
  if (isPython === (framework === "pytest")) return;
  throw new UserError(
    `${framework} does not test ${isPython ? "Python" : "JavaScript or TypeScript"}.`,
    `Choose ${isPython ? "pytest" : "node, mocha or vitest"} instead.`,
  );
}

const about = "Replays an order in which the tasks failed. Copied from Yieldpoint; needs the package cotasks.";

/** The modules of the test, the function that makes one, and how a note is shown that makes no test fail. */
const parts = {
  node: { module: "node:test", test: "test", parameter: "t", note: (text: string, t: string) => `${t}.diagnostic(${text})` },
  mocha: { module: "mocha", test: "it", parameter: "", note: (text: string) => `console.warn(${text})` },
  vitest: { module: "vitest", test: "test", parameter: "", note: (text: string) => `console.warn(${text})` },
} as const;

function javascriptTest(outcome: CopiedOutcome, framework: Exclude<Framework, "pytest">): string {
  const { files, calls, names, picks, check, invariant, until, virtualTime } = outcome;
  const { module, test, parameter, note } = parts[framework];
  const imported = files.flatMap(({ imports }) => imports.map(({ name }) => name));
  const taken = new Set([...imported, ...expressionsOf(outcome), check ?? "", invariant ?? ""].flatMap(wordsIn));
  const own = (name: string): string => (taken.has(name) ? own(`${name}_`) : name);
  const as = (name: string) => (own(name) === name ? name : `${name} as ${own(name)}`);
  const [run, message, assert] = [own("run"), own("message"), own("assert")];
  const lines = [
    `// ${about}`,
    `import ${assert} from "node:assert/strict";`,
    `import { ${as(test)} } from ${JSON.stringify(module)};`,
    `import { ${as("replay")} } from "cotasks/replay";`,
    ...files.map(importOf),
    "",
    `${own(test)}(${literal(titleOf(outcome))}, (${parameter && own(parameter)}) => {`,
    `  const ${run} = ${own("replay")}({`,
    "    tasks: {",
    ...calls.map(({ expression }, task) => `      ${keyOf(names[task] ?? "")}: () => ${closed(expression)},`),
    "    },",
    `    picks: [${picks.join(", ")}],`,
    ...(invariant === undefined ? [] : [`    invariant: () => ${closed(invariant)},`]),
    ...(until === "first" ? [`    until: "first",`] : []),
    ...(virtualTime === 1 ? [] : [`    virtualTime: ${virtualTime},`]),
    "  });",
    `  const ${message} = [${literal(messageOf(outcome))}, ${run}.failure, ${run}.departure?.message].filter(Boolean).join("\\n");`,
    `  ${assert}.ok(${run}.failure === undefined, ${message});`,
    ...(check === undefined ? [] : [`  ${assert}.ok(${closed(check)}, ${message});`]),
    `  if (${run}.departure) ${note(`${run}.departure.message`, own(parameter))};`,
    "});",
  ];
  return `${lines.join("\n")}\n`;
}

function importOf({ path, imports }: TestedFile): string {
  const bound = imports.map(({ name, exported }) => (name === exported ? name : `${exported} as ${name}`));
  return bound.length > 0 ? `import { ${bound.join(", ")} } from ${literal(path)};` : `import ${literal(path)};`;
}

/** Evaluates calls and checks in the scopes of the modules, so it needs no imports. */
function pythonTest(outcome: CopiedOutcome): string {
  const { files, calls, names, picks, check, invariant, until, virtualTime } = outcome;
  const isOne = files.length === 1;
  const evaluated = (expression: string, file = 0) =>
    `eval(${literal(expression, true)}, vars(${isOne ? "program" : `programs[${file}]`}))`;
  const paths = files.map(({ path }) => `Path(__file__).parent / ${literal(path, true)}`);
  const lines = [
    `# ${about}`,
    "import warnings",
    "from pathlib import Path",
    "",
    `from cotasks.replay import ${isOne ? "load" : "load_all"}, replay`,
    "",
    "",
    `def test_${wordsIn(expressionsOf(outcome).join(" ")).join("_") || "tasks"}():`,
    `    """${literal(titleOf(outcome), true).slice(1, -1)}"""`,
    ...(isOne
      ? [`    program = load(${paths[0]})`]
      : ["    programs = load_all([", ...paths.map((path) => `        ${path},`), "    ])"]),
    "    run = replay(",
    "        tasks={",
    ...calls.map(
      ({ file, expression }, task) => `            ${literal(names[task] ?? "", true)}: lambda: ${evaluated(expression, file)},`,
    ),
    "        },",
    `        picks=[${picks.join(", ")}],`,
    ...(invariant === undefined ? [] : [`        invariant=lambda: ${evaluated(invariant)},`]),
    ...(until === "first" ? [`        until="first",`] : []),
    ...(virtualTime === 1 ? [] : [`        virtual_time=${virtualTime},`]),
    "    )",
    `    said = [${literal(messageOf(outcome), true)}, run.failure, run.departure and str(run.departure)]`,
    '    message = "\\n".join(filter(None, said))',
    "    assert run.failure is None, message",
    ...(check === undefined ? [] : [`    assert ${evaluated(check)}, message`]),
    "    if run.departure:",
    "        warnings.warn(str(run.departure))",
  ];
  return `${lines.join("\n")}\n`;
}

/** A text as a literal, in which every character can be seen. The test in Python has a notation of its own for those beyond 16 bits. */
function literal(text: string, isPython = false): string {
  return withVisible(JSON.stringify(text), (character) => {
    const code = character.codePointAt(0) ?? 0;
    if (isPython && code > 0xffff) return `\\U${hex(code, 8)}`;
    return character
      .split("")
      .map((unit) => `\\u${hex(unit.charCodeAt(0), 4)}`)
      .join("");
  });
}

/** The key of an object. This one name would mean something else there. */
function keyOf(name: string): string {
  return name === "__proto__" ? `["${name}"]` : literal(name);
}

function hex(code: number, digits: number): string {
  return code.toString(16).padStart(digits, "0");
}

/** An expression that can stand among others: commas and comments in it end with it. */
function closed(expression: string): string {
  return /[,\n]|\/\//.test(expression) ? `(${expression}\n)` : expression;
}

function titleOf(outcome: CopiedOutcome): string {
  return `${expressionsOf(outcome).join(" and ")} no longer fail: ${outcome.why}`.replace(/\s+/g, " ");
}

function expressionsOf({ calls }: CopiedOutcome): string[] {
  return calls.map(({ expression }) => expression);
}

function messageOf({ why, explanation }: CopiedOutcome): string {
  return [`In this order ${why}.`, ...(explanation === undefined ? [] : [explanation])].join(" ");
}

function wordsIn(text: string): string[] {
  return text.match(/[\p{L}_$][\p{L}\p{N}_$]*/gu)?.map((word) => word) ?? [];
}
