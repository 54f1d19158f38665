/**
 * An outcome of a search as a regression test: what the command line writes to a file, and the panel opens.
 */
import { readFile } from "node:fs/promises";
import { dirname, relative, sep } from "node:path";
import { parseSchedule } from "../../core/schedule/parser";
import type { TaskId } from "../../core/task";
import { partsOfCall } from "../common/calls";
import { UserError } from "../common/errors";
import type { Found, Tested } from "./found";
import { foundOutcome, mustBeOfThisText } from "./opening";
import { type Framework, regressionTest, type TestedFile } from "./regressionTest";
import type { OutcomeReport } from "./report";

/** What a test has to import from a file of the program, and what that does not export. */
export interface NeededNames {
  readonly imports: TestedFile["imports"];
  readonly missing: readonly string[];
}

/**
 * What finds these names in a file of JavaScript or TypeScript; undefined for Python, where a test evaluates its expressions in the scope of
 * the file.
 */
export type FindNames = (file: string) => ((text: string, expressions: readonly string[]) => NeededNames) | undefined;

/**
 * The files of a program, absolute, and what a test has to import from each: first the session's file, then those of other calls.
 *
 * @throws UserError if the program cannot be tested from outside
 */
export async function filesOf(program: Omit<Tested, "until">, findNames: FindNames): Promise<readonly TestedFile[]> {
  const { file: main, calls, check, invariant } = program;
  const parts = calls.map((call) => partsOfCall(call, main));
  const paths = [...new Set([main, ...parts.map(({ file }) => file)])];
  const asked = [check, invariant].filter((each) => each !== undefined);
  const files = await Promise.all(
    paths.map(async (path) => {
      const expressions = parts.flatMap(({ file, expression }) => (file === path ? [expression] : []));
      return { path, imports: await importsOf(path, path === main ? [...expressions, ...asked] : expressions, findNames(path)) };
    }),
  );
  mustDiffer(files);
  return files;
}

async function importsOf(
  file: string,
  expressions: readonly string[],
  find: ReturnType<FindNames>,
): Promise<TestedFile["imports"]> {
  if (!find) return [];
  const { imports, missing } = find(await readFile(file, "utf8"), expressions);
  if (missing.length === 0) return imports;
  throw new UserError(
    `The test needs ${missing.join(", ")}, which ${file} does not export.`,
    `Write export before ${missing.length === 1 ? "its declaration" : "their declarations"}.`,
  );
}

/** @throws UserError if two files would give a test the same name */
function mustDiffer(files: readonly TestedFile[]): void {
  const owners = new Map<string, string>();
  for (const { path, imports } of files) {
    for (const { name } of imports) {
      const other = owners.get(name);
      if (other !== undefined) {
        throw new UserError(`The test needs ${name} of ${other} and of ${path}.`, "Rename one of the two: a test has one scope.");
      }
      owners.set(name, path);
    }
  }
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
  findNames: FindNames,
): Promise<string> {
  const report = foundOutcome(found, outcome);
  const { tested } = found as Found;
  mustBeOfThisText(found as Found);
  const files = await filesOf(tested, findNames);
  return copiedTest(found as Found, report, { framework, folder: dirname(tested.file), files });
}

/**
 * The source of the test of a failing outcome.
 *
 * @param folder of the test
 * @param files as `filesOf` gives them
 * @throws UserError if the outcome cannot be replayed
 */
export function copiedTest(
  { tested: { file: main, ...tested }, time }: Pick<Found, "tested" | "time">,
  { by, outcome, witness, explanation }: OutcomeReport,
  { framework, folder, files }: { framework: Framework; folder: string; files: readonly TestedFile[] },
): string {
  if (by !== undefined && endless.includes(by)) {
    throw new UserError("A test that replays this outcome would not end by itself.", "Replay its schedule instead.");
  }
  if (parseSchedule(witness).threads) {
    throw new UserError(
      "A test can replay orders of cooperative tasks only, not of threads.",
      "Replay the schedule of the outcome instead.",
    );
  }
  return regressionTest(
    {
      ...tested,
      files: files.map(({ path, imports }) => ({ path: pathFrom(folder, path), imports })),
      calls: tested.calls.map((call) => {
        const { file, expression } = partsOfCall(call, main);
        return { file: files.findIndex(({ path }) => path === file), expression };
      }),
      names: Object.keys(outcome.tasks).slice(0, tested.calls.length),
      picks: picksOf(witness),
      virtualTime: time.virtual,
      why: outcome.why ?? "",
      explanation,
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
