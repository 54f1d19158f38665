/**
 * `explore --test`: the most frequent failing outcome as a regression test.
 */
import { writeFile } from "node:fs/promises";
import { dirname } from "node:path";
import { findNamesIn } from "../../finder";
import { copiedTest, filesOf } from "../../session/explore/copiedTest";
import type { OrderSearch } from "../../session/explore/orderSearch";
import { mustTest, type TestedFile } from "../../session/explore/regressionTest";
import { reportOf } from "../../session/explore/report";
import type { CopiedTest, ExploreCommand } from "../commands";
import { UsageError } from "../optionValues";
import type { Surroundings } from "../surroundings";
import { mustBeWritable, mustBeWritten } from "../writable";

/** A test that can be written once an outcome is known. */
export interface PreparedTest extends CopiedTest {
  /** By absolute paths. */
  readonly files: readonly TestedFile[];
}

/**
 * Prepares the test of a command, before the search takes its time; undefined if none is wanted.
 *
 * @throws UserError if the program cannot be tested by the framework, or the file cannot be written
 */
export async function preparedTest({ test, file, calls, question, working }: ExploreCommand): Promise<PreparedTest | undefined> {
  if (!test) return undefined;
  if (working.threads)
    throw new UsageError("A test can replay orders of cooperative tasks only: leave out --test, or --way threads.");
  mustTest(test.framework, file);
  if (test.out !== undefined) await mustBeWritable(test.out);
  const { check, invariant } = question;
  return { ...test, files: await filesOf({ file, calls, check, invariant }, findNamesIn) };
}

/**
 * Writes the test to its file, or to standard output. If nothing fails, there is none, which is said.
 *
 * @throws UserError if the outcome cannot be replayed, or the file cannot be written
 */
export async function writeTest(search: OrderSearch, test: PreparedTest, around: Surroundings): Promise<void> {
  const { out: path } = test;
  const failing = search.result && reportOf(search).outcomes.find((outcome) => outcome.failing);
  if (!failing) return around.warn("No order that was tried fails, so there is no test to write.");
  const { program, question } = search;
  const tested = { ...question, file: program.file, calls: program.calls };
  const source = copiedTest({ tested, time: question.time }, failing, { ...test, folder: dirname(path ?? program.file) });
  if (path === undefined) around.out.writeText(source);
  else await mustBeWritten(path, writeFile(path, source));
}
