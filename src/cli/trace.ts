/**
 * `trace`: runs a session without an editor. It prints the trace as it grows, and waits for a slow reader.
 */

import { tmpdir } from "node:os";
import { type Working, wayOf } from "../core/conditions";
import { OrderError, RunnerFailedError, RuntimeNotFoundError, RuntimeTooOldError, UserError } from "../session/common/errors";
import { runnerCommand } from "../session/interpreter/runners";
import { ignoreEnd } from "../session/loop/running";
import type { Recording } from "../session/openedRecording";
import { mustSuit } from "../session/order/policies";
import { mustBeFew } from "../session/process/runnerProcess";
import { saveTrace } from "../session/recording/save";
import { type RunEnd, Session } from "../session/session";
import { viewOf } from "../session/view/view";
import { mustAgree, recordedIn } from "./against";
import type { TraceCommand } from "./commands";
import { jsonl } from "./jsonl";
import { mustHaveTime, policyFiles, readSchedule, scheduleText, withSeedOf } from "./order";
import { anyFailed, nothingRan } from "./outcome";
import type { Printer } from "./printer";
import { openedTrace } from "./recorded";
import type { Surroundings } from "./surroundings";
import { textPrinter } from "./text";
import { noteThreads } from "./threadNotes";
import { TracePrinter } from "./tracePrinter";
import { explained } from "./uncalled";
import { mustBeWritable, mustBeWritten } from "./writable";

/** The maximum time in milliseconds to wait for the program's timers and threads once all tasks have ended. Ctrl-C ends the wait. */
const longestFarewell = 5_000;

/** After this many steps, back-pressure is handled. */
const batchSteps = 20_000;

/** The maximum size of a trace, in bytes: enough for more than a hundred million steps. */
export const maxTraceBytes = 2048 * 1024 * 1024;

/**
 * Runs the calls as tasks and prints what happens. The trace is saved however the run ends.
 *
 * @returns whether a task threw
 * @throws UserError if the program cannot be run; RunnerFailedError if the runner fails, after the trace so far was printed
 */
export async function trace(given: TraceCommand, around: Surroundings): Promise<"done" | "threw"> {
  const command = { ...given, schedule: given.schedule === undefined ? undefined : await scheduleText(given.schedule) };
  if (command.save !== undefined) await mustBeWritable(command.save);
  const saved = command.against === undefined ? undefined : openedTrace(command.against);
  const printer = command.format === "jsonl" ? jsonl : textPrinter(around.width);
  const { virtualTime = saved?.meta.virtualTime } = command;
  const working = wayOf(command.working) === "cooperative" ? recordedWorking(command, saved) : command.working;
  mustBeFew(working, command.calls.length);
  const isTyped = saved?.run.output.entries.some(({ stream }) => stream === "stdin") === true;
  const session = await newSession({ ...command, virtualTime, working }, around, printer, isTyped);
  const lines = new TracePrinter(session, printer, around.out);
  around.signal.addEventListener("abort", () => session.stop());
  follow(session, lines, around);
  try {
    const outcome = await lines.finish(await run(session, command, saved, { lines, warn: around.warn }));
    if (command.save !== undefined) await mustBeWritten(command.save, saveTrace(session, command.save));
    if (outcome.stopped === "failed") throw session.failure;
    mustAgree(session.control.difference);
    if (outcome.stopped === "refused") throw refusalOf(session);
    return anyFailed(outcome) ? "threw" : "done";
  } finally {
    session.stop();
    saved?.close();
  }
}

/** How the tasks of the schedule or the trace that is replayed work. */
function recordedWorking({ schedule }: TraceCommand, saved: Recording | undefined): Working {
  const { threads, processes } = (schedule === undefined ? saved?.meta : readSchedule(schedule)) ?? {};
  return { threads, processes };
}

/** @param isTyped whether the program is given again what was typed in a recorded run */
async function newSession(
  given: TraceCommand,
  { dist, out }: Surroundings,
  printer: Printer,
  isTyped: boolean,
): Promise<Session> {
  const { file, node, python, until, policy, policyFolder, virtualTime, working } = given;
  const own = { executable: process.execPath, env: {} };
  try {
    const command = await runnerCommand({ file, nodePath: node, pythonPath: python, own, dist });
    return new Session({
      file,
      command: { ...command, input: isTyped ? "typed" : "inherit" },
      until,
      storage: tmpdir(),
      maxTraceBytes,
      ...(virtualTime ? { virtualTime } : {}),
      ...working,
      policy: withSeedOf([policy], given)[0] ?? policy,
      policyFiles: policyFiles(node, dist, policyFolder),
    });
  } catch (error) {
    if (error instanceof RuntimeNotFoundError || error instanceof RuntimeTooOldError)
      out.write(printer.outcome(nothingRan, { file, thrown: () => undefined }));
    throw error;
  }
}

/** Prints while a session runs, and warns once for each slice in which a task does not return control, and for a process that is silent. */
export function follow(session: Session, lines: TracePrinter, { warn }: Surroundings): void {
  let warned: string | undefined;
  session.onChange(() => {
    lines.catchUp();
    if (session.takesInput?.asks) session.give(); // what was typed is used up
    const { hung, silence } = session.run;
    const trouble = silence ? `process ${silence.pid}` : hung && `step ${hung.step}`;
    if (!trouble || trouble === warned) return;
    warned = trouble;
    warn(`${viewOf(session).notice?.message} Press Ctrl-C to stop.`);
  });
}

/** The receiver of a run's messages. */
interface Told extends Pick<Surroundings, "warn"> {
  readonly lines: TracePrinter;
}

async function run(
  session: Session,
  command: TraceCommand,
  saved: Recording | undefined,
  { lines, warn }: Told,
): Promise<RunEnd> {
  const { file, calls, areFromSetup, steps, schedule, timeAsked } = command;
  try {
    const against = saved && (await recordedIn(saved, file));
    const text = schedule ?? against?.schedule;
    const given = text === undefined ? undefined : readSchedule(text);
    if (given) mustHaveTime(given, timeAsked);
    const others = areFromSetup && given?.items.some(({ kind }) => kind === "add") ? [] : calls;
    if (text !== undefined) await session.order.follow(text, others, against?.recorded);
    else {
      await session.open();
      for (const call of calls) await session.add(call);
      mustSuit(session.policy, session.run.tasks);
    }
  } catch (error) {
    if (session.status === "stopped") return "stopped";
    if (session.status === "failed" && (error instanceof RunnerFailedError || error instanceof RuntimeTooOldError))
      return "failed";
    lines.unfinished();
    throw await explained(error, session.options.file);
  }
  const go = runOf(session, command.untilTask);
  noteThreads(session, warn);
  lines.start();
  const end = await goOn(go, steps, lines);
  await farewell(session, warn);
  return session.status === "failed" ? "failed" : end;
}

/**
 * Waits for the program's timers and threads after its tasks have ended, as if it ran by itself. If tasks are left, a warning lists the
 * timers and threads instead.
 */
async function farewell(session: Session, warn: (message: string) => void): Promise<void> {
  const { run, status } = session;
  if (status === "finished") {
    if (await session.conclude(longestFarewell)) return;
    warn(`The program had not ended ${longestFarewell / 1000} s after the last step, and was stopped. ${atWork(run.remaining)}`);
  }
  if (status !== "paused") return;
  await run.askRemaining().catch(ignoreEnd);
  if (run.remaining.length > 0) warn(`The run ends here. ${atWork(run.remaining)} Anything it would print later is not shown.`);
}

function atWork(remaining: readonly string[]): string {
  return `Still active after the last step: ${remaining.length > 0 ? remaining.join(", ") : "the end of the program itself"}.`;
}

/** Why the next step could not be run. */
function refusalOf({ control }: Session): UserError {
  const { refusal } = control;
  if (refusal instanceof UserError) return refusal;
  const remedy = refusal && "remedy" in refusal ? String(refusal.remedy) : "";
  return new OrderError(refusal?.message ?? "", remedy, { cause: refusal });
}

/**
 * How a session runs at most so many steps.
 *
 * @param name the task whose end ends the run
 * @throws UserError if there is no such task
 */
function runOf(session: Session, name: string | undefined): (steps: number) => Promise<RunEnd> {
  if (name === undefined) return (steps) => session.go(steps);
  const { tasks } = session.run;
  const task = tasks.find((each) => each.name === name);
  if (task) return (steps) => session.stay({ task: task.id, until: "end" }, steps);
  throw new UserError(
    `There is no task "${name}" to run to its end.`,
    `The tasks are ${tasks.map((each) => each.name).join(", ")}.`,
  );
}

/** Runs at most so many steps, and waits for a slow reader of what is printed. */
export async function goOn(run: (steps: number) => Promise<RunEnd>, steps: number, lines: TracePrinter): Promise<RunEnd> {
  for (let left = steps; left > 0; left -= batchSteps) {
    const end = await run(Math.min(left, batchSteps));
    lines.catchUp();
    await lines.sink.ready();
    if (end !== "step-limit") return end;
  }
  return "step-limit";
}
