/**
 * `trace`: a session without an editor. It prints the trace as it grows, and waits for a slow reader.
 */
import { tmpdir } from "node:os";
import { OrderError, RunnerFailedError, RuntimeNotFoundError, RuntimeTooOldError, UserError } from "../session/common/errors";
import { runnerCommand } from "../session/interpreter/runners";
import { ignoreEnd } from "../session/loop/running";
import type { Recording } from "../session/openedRecording";
import { mustSuit } from "../session/order/policies";
import { saveTrace } from "../session/recording/save";
import { type RunEnd, Session } from "../session/session";
import { viewOf } from "../session/view/view";
import { mustAgree, recordedIn } from "./against";
import type { TraceCommand } from "./commands";
import { jsonl } from "./jsonl";
import { policyFiles, scheduleText, withSeedOf } from "./order";
import { anyFailed, nothingRan } from "./outcome";
import type { Printer } from "./printer";
import { openedTrace } from "./recorded";
import type { Surroundings } from "./surroundings";
import { textPrinter } from "./text";
import { TracePrinter } from "./tracePrinter";
import { explained } from "./uncalled";
import { mustBeWritable, mustBeWritten } from "./writable";

/** How long timers and threads are waited for once all tasks are over, in milliseconds. Ctrl-C does not wait. */
const longestFarewell = 5_000;

/** Steps between two looks at whether the reader keeps up. */
const batchSteps = 20_000;

/** The trace of a run takes no more space than this, in bytes: more than a hundred million steps. */
const maxTraceBytes = 2048 * 1024 * 1024;

/**
 * Runs the calls as tasks and prints what happens. The trace is saved however the run ends.
 *
 * @returns whether a task threw
 * @throws UserError when it cannot run; RunnerFailedError when the runner fails, after the trace so far was printed
 */
export async function trace(command: TraceCommand, around: Surroundings): Promise<"done" | "threw"> {
  if (command.save !== undefined) await mustBeWritable(command.save);
  const saved = command.against === undefined ? undefined : openedTrace(command.against);
  const printer = command.format === "jsonl" ? jsonl : textPrinter(around.width);
  const session = await newSession(command, around, printer);
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

async function newSession(
  { file, node, python, until, policy, seed }: TraceCommand,
  { dist, out }: Surroundings,
  printer: Printer,
): Promise<Session> {
  const own = { executable: process.execPath, env: {} };
  try {
    const command = await runnerCommand({ file, nodePath: node, pythonPath: python, own, dist });
    return new Session({
      file,
      command,
      until,
      storage: tmpdir(),
      maxTraceBytes,
      policy: withSeedOf([policy], seed)[0] ?? policy,
      policyFiles: policyFiles(node, dist),
    });
  } catch (error) {
    if (error instanceof RuntimeNotFoundError || error instanceof RuntimeTooOldError)
      out.write(printer.outcome(nothingRan, { file, thrown: () => undefined }));
    throw error;
  }
}

/** Prints while the session runs, and says when a task does not give back control: once for each such slice. */
function follow(session: Session, lines: TracePrinter, { warn }: Surroundings): void {
  let warned: number | undefined;
  session.onChange(() => {
    lines.catchUp();
    const { hung } = session.run;
    if (!hung || hung.step === warned) return;
    warned = hung.step;
    warn(`${viewOf(session).notice?.message} Press Ctrl-C to stop.`);
  });
}

/** Where a run is told of. */
interface Told extends Pick<Surroundings, "warn"> {
  readonly lines: TracePrinter;
}

async function run(
  session: Session,
  command: TraceCommand,
  saved: Recording | undefined,
  { lines, warn }: Told,
): Promise<RunEnd> {
  const { file, calls, steps, schedule } = command;
  try {
    const against = saved && (await recordedIn(saved, file));
    const text = schedule === undefined ? against?.schedule : await scheduleText(schedule);
    if (text !== undefined) await session.order.follow(text, calls, against?.recorded);
    else {
      await session.open();
      for (const call of calls) await session.add(call);
      mustSuit(session.policy, session.run.tasks);
    }
  } catch (error) {
    if (session.status === "stopped") return "stopped";
    if (error instanceof RunnerFailedError || error instanceof RuntimeTooOldError) return "failed";
    lines.unfinished();
    throw await explained(error, session.options.file);
  }
  lines.start();
  const end = await goOn(session, steps, lines);
  await farewell(session, warn);
  return session.status === "failed" ? "failed" : end;
}

/**
 * A program is not over with its tasks: its timers and threads are waited for, as where it is run by itself. Where tasks are left it
 * is said that there are some.
 */
async function farewell(session: Session, warn: (message: string) => void): Promise<void> {
  const { run, status } = session;
  if (status === "finished") {
    if (await session.conclude(longestFarewell)) return;
    warn(
      `${longestFarewell / 1000} s after the last step the program had not come to its end, and was ended. ${atWork(run.remaining)}`,
    );
  }
  if (status !== "paused") return;
  await run.askRemaining().catch(ignoreEnd);
  if (run.remaining.length > 0) warn(`The run ends here. ${atWork(run.remaining)} What that would print later is not shown.`);
}

function atWork(remaining: readonly string[]): string {
  return `Still at work after the last step: ${remaining.length > 0 ? remaining.join(", ") : "its own end"}.`;
}

/** Why the next step could not be made. */
function refusalOf({ control }: Session): UserError {
  const { refusal } = control;
  if (refusal instanceof UserError) return refusal;
  const remedy = refusal && "remedy" in refusal ? String(refusal.remedy) : "";
  return new OrderError(refusal?.message ?? "", remedy, { cause: refusal });
}

async function goOn(session: Session, steps: number, lines: TracePrinter): Promise<RunEnd> {
  for (let left = steps; left > 0; left -= batchSteps) {
    const end = await session.go(Math.min(left, batchSteps));
    lines.catchUp();
    await lines.sink.ready();
    if (end !== "step-limit") return end;
  }
  return "step-limit";
}
