/**
 * `observe`: runs a program that decides itself who runs, to its end, and prints its context switches.
 */
import { tmpdir } from "node:os";
import { runnerCommand } from "../session/interpreter/runners";
import { usualPolicy } from "../session/order/policies";
import { saveTrace } from "../session/recording/save";
import { Session } from "../session/session";
import { tasksNotice } from "../session/view/troubles";
import type { ObserveCommand } from "./commands";
import { jsonl } from "./jsonl";
import { policyFiles } from "./order";
import type { Surroundings } from "./surroundings";
import { textPrinter } from "./text";
import { follow, goOn, maxTraceBytes } from "./trace";
import { TracePrinter } from "./tracePrinter";
import { mustBeWritable, mustBeWritten } from "./writable";

/**
 * Runs a program and prints its steps. The trace is saved however it ends.
 *
 * @returns the exit code of the program; 0 if it was ended at the limit of steps
 * @throws UserError if the program cannot be run; RunnerFailedError if its process fails, after the trace so far was printed
 */
export async function observe(command: ObserveCommand, around: Surroundings): Promise<number> {
  const { format, steps, save } = command;
  if (save !== undefined) await mustBeWritable(save);
  const session = await newSession(command, around);
  const lines = new TracePrinter(session, format === "jsonl" ? jsonl : textPrinter(around.width), around.out);
  around.signal.addEventListener("abort", () => session.stop());
  follow(session, lines, around);
  try {
    await session.open();
    lines.start();
    const outcome = await lines.finish(await goOn((most) => session.go(most), steps, lines));
    const { message } = tasksNotice(session.run) ?? {};
    if (message) around.warn(message);
    if (save !== undefined) await mustBeWritten(save, saveTrace(session, save));
    if (outcome.stopped === "failed") throw session.failure;
    return session.run.exitCode ?? 0;
  } finally {
    session.stop();
  }
}

async function newSession(command: ObserveCommand, { dist }: Surroundings): Promise<Session> {
  const { file, observed, node, python, virtualTime } = command;
  const own = { executable: process.execPath, env: {} };
  return new Session({
    file,
    command: await runnerCommand({ file, nodePath: node, pythonPath: python, own, dist }),
    observed,
    until: "all",
    storage: tmpdir(),
    maxTraceBytes,
    policy: usualPolicy,
    policyFiles: policyFiles(node, dist, process.cwd()),
    ...(virtualTime ? { virtualTime } : {}),
  });
}
