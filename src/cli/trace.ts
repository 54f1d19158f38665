/**
 * `trace`: a session without an editor. It prints the trace as it grows, and waits for a slow reader.
 */
import { tmpdir } from "node:os";
import { setImmediate } from "node:timers/promises";
import { RunnerFailedError, RuntimeNotFoundError, RuntimeTooOldError, SteeringError, UserError } from "../session/errors";
import { mustSuit } from "../session/policies";
import { saveTrace } from "../session/recording/save";
import { runnerCommand } from "../session/runners";
import { type RunEnd, Session } from "../session/session";
import { viewOf } from "../session/view";
import type { TraceCommand } from "./commands";
import { jsonl } from "./jsonl";
import { policyFiles, scheduleText, withSeedOf } from "./order";
import { anyThrew, nothingRan } from "./outcome";
import type { Printer } from "./printer";
import type { Surroundings } from "./surroundings";
import { textPrinter } from "./text";
import { TracePrinter } from "./tracePrinter";
import { explained } from "./uncalled";
import { mustBeWritable, mustBeWritten } from "./writable";

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
  const printer = command.format === "jsonl" ? jsonl : textPrinter(around.width);
  const session = await newSession(command, around, printer);
  const lines = new TracePrinter(session, printer, around.out);
  around.signal.addEventListener("abort", () => session.stop());
  follow(session, lines, around);
  try {
    const outcome = await lines.finish(await run(session, command, lines));
    if (command.save !== undefined) await mustBeWritten(command.save, saveTrace(session, command.save));
    if (outcome.stopped === "failed") throw session.failure;
    if (outcome.stopped === "refused") throw refusalOf(session);
    return anyThrew(outcome) ? "threw" : "done";
  } finally {
    session.stop();
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

async function run(session: Session, { calls, steps, schedule }: TraceCommand, lines: TracePrinter): Promise<RunEnd> {
  try {
    if (schedule !== undefined) await session.order.follow(await scheduleText(schedule), calls);
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
  await setImmediate(); // what was printed past the language's own functions comes by another pipe
  return end;
}

/** Why the next step could not be made. */
function refusalOf({ steering }: Session): UserError {
  const { refusal } = steering;
  if (refusal instanceof UserError) return refusal;
  const remedy = refusal && "remedy" in refusal ? String(refusal.remedy) : "";
  return new SteeringError(refusal?.message ?? "", remedy, { cause: refusal });
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
