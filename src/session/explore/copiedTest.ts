/**
 * An outcome of a search as a regression test: what the command line writes to a file, and the panel opens.
 */
import { readFile } from "node:fs/promises";
import { dirname, relative, sep } from "node:path";
import { parseCall } from "../../core/callText";
import { parseSchedule } from "../../core/schedule/parser";
import type { TaskId } from "../../core/task";
import { UserError } from "../common/errors";
import type { Found, Tested } from "./found";
import { foundOutcome, mustBeOfThisText } from "./opening";
import { type CopiedOutcome, type Framework, regressionTest } from "./regressionTest";
import type { OutcomeReport } from "./report";

/** What a test has to import from the program's file, and what that does not export. */
export interface NeededNames {
  readonly imports: CopiedOutcome["imports"];
  readonly missing: readonly string[];
}

/** Finds these names. Only for JavaScript and TypeScript: a test in Python evaluates its expressions in the scope of the file. */
export type FindNames = (text: string, expressions: readonly string[]) => NeededNames;

/**
 * The imports of a test.
 *
 * @param findNames undefined for Python
 * @throws UserError if the program cannot be tested from outside
 */
export async function importsOf(
  { file, calls, check, invariant }: Omit<Tested, "until">,
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

/** The failures whose replay does not end by itself. */
const endless: readonly OutcomeReport["by"][] = ["hung", "died", "livelock", "starvation"];

/**
 * The source of a test that replays the witness of an outcome, to stand beside the program.
 *
 * @throws UserError if there is no such outcome, the file was changed, or the program cannot be tested from outside
 */
export async function testOf(
  found: Found | undefined,
  outcome: number,
  framework: Framework,
  findNames: FindNames | undefined,
): Promise<string> {
  const report = foundOutcome(found, outcome);
  const { tested } = found as Found;
  mustBeOfThisText(found as Found);
  const imports = await importsOf(tested, findNames);
  return copiedTest(found as Found, report, { framework, folder: dirname(tested.file), imports });
}

/**
 * The source of the test of a failing outcome.
 *
 * @param folder of the test
 * @throws UserError if the outcome cannot be replayed
 */
export function copiedTest(
  { tested: { file, ...tested }, time }: Pick<Found, "tested" | "time">,
  { by, outcome, witness, explanation }: OutcomeReport,
  { framework, folder, imports }: { framework: Framework; folder: string; imports: CopiedOutcome["imports"] },
): string {
  if (by !== undefined && endless.includes(by)) {
    throw new UserError("A test that replays this outcome would not end by itself.", "Replay its schedule instead.");
  }
  return regressionTest(
    {
      ...tested,
      path: pathFrom(folder, file),
      names: Object.keys(outcome.tasks).slice(0, tested.calls.length),
      picks: picksOf(witness),
      virtualTime: time.virtual,
      why: outcome.why ?? "",
      explanation,
      imports,
    },
    framework,
  );
}

/** The picks of a schedule that has nothing but picks. */
function picksOf(schedule: string): TaskId[] {
  return parseSchedule(schedule).items.flatMap((item) => {
    if (item.kind !== "picks") return [];
    const { picks, counts, times } = item;
    const round = Array.from(picks).flatMap((task, at) => Array<TaskId>(counts?.[at] ?? 1).fill(task));
    return Array<readonly TaskId[]>(times).fill(round).flat();
  });
}

/** The path of a file from a folder, as modules are imported. */
function pathFrom(folder: string, file: string): string {
  const path = relative(folder, file).split(sep).join("/");
  return path.startsWith("../") ? path : `./${path}`;
}
