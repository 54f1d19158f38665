/**
 * Starts what runs the tasks of a run: one process, or one for each task.
 */
import { RunnerClient, type RunnerListener } from "../process/runnerClient";
import type { RunnerCommand } from "../process/runnerProcess";
import { TaskProcesses } from "./taskProcesses";

export type Runner = Pick<
  RunnerClient,
  "request" | "give" | "share" | "exitCode" | "exitStatus" | "interrupt" | "interruptEvaluation" | "kill"
> &
  Partial<Pick<TaskProcesses, "allAtOnce">>;

/** @param command as `workingUnder` gives it */
export function startRunner(command: RunnerCommand, listener: RunnerListener): Runner {
  return command.processes ? new TaskProcesses(command, listener) : new RunnerClient(command, listener);
}
