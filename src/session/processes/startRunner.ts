/**
 * Starts what runs the tasks of a run: one process, which may have been started before, or one for each task.
 */
import { RunnerClient } from "../process/runnerClient";
import type { RunnerListener } from "../process/runnerListener";
import type { RunnerCommand } from "../process/runnerProcess";
import { spareRunner } from "../process/spareRunner";
import { TaskProcesses } from "./taskProcesses";

export type Runner = Pick<
  RunnerClient,
  "request" | "give" | "share" | "exitCode" | "exitStatus" | "interrupt" | "interruptEvaluation" | "kill"
> &
  Partial<Pick<TaskProcesses, "allAtOnce">>;

/** @param command as `workingUnder` gives it */
export function startRunner(command: RunnerCommand, listener: RunnerListener): Runner {
  if (command.processes) return new TaskProcesses(command, listener);
  return spareRunner.take(command, listener) ?? new RunnerClient(command, listener);
}
