/**
 * `explore`: tries the orders of tasks, and prints what comes of them.
 */
import { numberText } from "../../core/explore/claim";
import { TooManyEndsError } from "../../session/explore/lane";
import { OrderSearch } from "../../session/explore/orderSearch";
import { type Report, reportOf } from "../../session/explore/report";
import { runnerCommand } from "../../session/interpreter/runners";
import { workingUnder } from "../../session/process/runnerProcess";
import type { ExploreCommand } from "../commands";
import type { Surroundings } from "../surroundings";
import { explained } from "../uncalled";
import { preparedTest, writeTest } from "./test";
import { reportText } from "./text";

/** On a terminal, progress is shown so often, in milliseconds. */
const showEvery = 250;

/**
 * Searches until everything was tried, a limit is reached, or the user stops it; then prints what was found.
 *
 * @returns whether an order fails
 * @throws UserError if the program cannot be explored
 */
export async function explore(command: ExploreCommand, around: Surroundings): Promise<"done" | "threw"> {
  const { file, calls, question, effort, working, node, python } = command;
  const test = await preparedTest(command);
  const own = { executable: process.execPath, env: {} };
  const program = {
    file,
    calls,
    command: workingUnder(await runnerCommand({ file, nodePath: node, pythonPath: python, own, dist: around.dist }), working),
  };
  const progress = progressOn(around.err);
  let hasWarned = false;
  const search: OrderSearch = new OrderSearch(program, question, effort, () => {
    progress.show(search);
    if (search.wait && !hasWarned) around.warn(`${search.wait.message} Press Ctrl-C to stop.`);
    hasWarned = search.wait !== undefined;
  });
  around.signal.addEventListener("abort", () => search.cancel());
  try {
    await search.run();
  } catch (error) {
    progress.end();
    if (error instanceof TooManyEndsError) around.warn(error.advice);
    else {
      const isShown = test === undefined || test.out !== undefined;
      if (isShown && (search.result?.tried ?? 0) > 0) printReport(reportOf(search), command.format, around);
      throw await explained(error, file);
    }
  }
  progress.end();
  if (!search.result) return "done";
  if (test) await writeTest(search, test, around);
  const report = reportOf(search);
  if (test && test.out === undefined) return resultOf(report);
  return printReport(report, command.format, around);
}

/** Prints a report. @returns whether an order fails */
export function printReport({ outcomes, search }: Report, format: "text" | "jsonl", { out }: Surroundings): "done" | "threw" {
  const lines = () => [...outcomes, search].map((each) => JSON.stringify(each));
  out.write(format === "jsonl" ? lines() : reportText({ outcomes, search }));
  return resultOf({ outcomes, search });
}

function resultOf({ outcomes }: Report): "done" | "threw" {
  return outcomes.some(({ failing }) => failing) ? "threw" : "done";
}

/** Shows how far a search is, in one line of a terminal. */
function progressOn(stream: Surroundings["err"]) {
  let shown = 0;
  return {
    show({ result, millis, status }: OrderSearch): void {
      if (!stream.isTTY || !result || performance.now() - shown < showEvery) return;
      shown = performance.now();
      const rate = numberText((1000 * (result.tried + result.pruned)) / Math.max(millis, 1));
      const what = status === "explaining" ? "explaining" : `${rate} a second`;
      stream.write(`\r\x1b[K${result.claim.sentences[0]} ${what}`);
    },
    end(): void {
      if (shown > 0) stream.write("\r\x1b[K");
    },
  };
}
