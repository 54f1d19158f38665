/**
 * An outcome of a search as a regression test: what the command line writes to a file, and the panel opens.
 */
import { readFile } from "node:fs/promises";
import { relative, sep } from "node:path";
import { parseCall } from "../../core/callText";
import type { ExploredOutcome } from "../../protocol/explore";
import { UserError } from "../common/errors";
import type { MetOutcome } from "./metOutcomes";
import type { OrderSearch } from "./orderSearch";
import { type CopiedOutcome, type Framework, regressionTest } from "./regressionTest";
import { whyOf } from "./report";

/** What a test has to import from the program's file, and what that does not export. */
export interface NeededNames {
  readonly imports: CopiedOutcome["imports"];
  readonly missing: readonly string[];
}

/** Finds these names. Only for JavaScript and TypeScript: a test in Python evaluates its expressions in the scope of the file. */
export type FindNames = (text: string, expressions: readonly string[]) => NeededNames;

/** What is asked of a program, as far as a test repeats it. */
export interface Tested {
  readonly file: string;
  readonly calls: readonly string[];
  readonly check?: string | undefined;
  readonly invariant?: string | undefined;
}

/**
 * The imports of a test.
 *
 * @param findNames undefined for Python
 * @throws UserError if the program cannot be tested from outside
 */
export async function importsOf(
  { file, calls, check, invariant }: Tested,
  findNames: FindNames | undefined,
): Promise<CopiedOutcome["imports"]> {
  const foreign = calls.map(parseCall).find((call) => call.file !== undefined);
  if (foreign) {
    throw new UserError(
      `A test has the tasks of one file, but ${foreign.expression} is in ${foreign.file}.`,
      `Import it in ${file} under another call.`,
    );
  }
  if (!findNames) return [];
  const expressions = [...calls, ...[check, invariant].filter((each) => each !== undefined)];
  const { imports, missing } = findNames(await readFile(file, "utf8"), expressions);
  if (missing.length === 0) return imports;
  throw new UserError(
    `The test needs ${missing.join(", ")}, which ${file} does not export.`,
    `Write export before ${missing.length === 1 ? "its declaration" : "their declarations"}.`,
  );
}

/** The ends at which a replay does not end by itself. */
const endless: readonly ExploredOutcome["end"][] = ["hung", "died", "livelock", "starvation"];

/**
 * The source of the test of a failing outcome.
 *
 * @param folder of the test
 * @throws UserError if the outcome cannot be replayed
 */
export function copiedTest(
  { program, question, witnesses }: OrderSearch,
  { key, outcome, witness: met }: MetOutcome,
  { framework, folder, imports }: { framework: Framework; folder: string; imports: CopiedOutcome["imports"] },
): string {
  if (endless.includes(outcome.end)) {
    throw new UserError("A test that replays this outcome would not end by itself.", "Replay its schedule instead.");
  }
  const { file, calls } = program;
  const { check, invariant, until, time } = question;
  const witness = witnesses.get(key);
  return regressionTest(
    {
      path: pathFrom(folder, file),
      calls,
      names: outcome.tasks.slice(0, calls.length).map(({ name }) => name),
      picks: witness?.picks ?? met,
      check,
      invariant,
      until,
      virtualTime: time.virtual,
      why: whyOf(outcome) ?? "",
      explanation: witness?.explanation?.sentence,
      imports,
    },
    framework,
  );
}

/** The path of a file from a folder, as modules are imported. */
function pathFrom(folder: string, file: string): string {
  const path = relative(folder, file).split(sep).join("/");
  return path.startsWith("../") ? path : `./${path}`;
}
