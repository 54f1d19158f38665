/**
 * The data of a run that can be shown, whether its process is alive or it was read from a file.
 */

import type { Decisions } from "../../core/decisions";
import type { Scheduler } from "../../core/scheduler/scheduler";
import type { Task, TaskId } from "../../core/task";
import type { Thrown } from "../../core/trace/thrown";
import type { YieldPoint } from "../../core/trace/trace";
import type { TraceStore } from "../../core/trace/traceStore";
import type { VirtualTime } from "../../core/virtualTime";
import type { ForeignYield, Rejection } from "../../core/warnings/finding";
import type { SwitchPoints } from "../../core/ways";
import type { Answer, RunnerEvent } from "../../protocol/runner";
import type { Differences } from "./differences";
import type { DriverLog } from "./driverLog";
import type { Inspections } from "./inspections";
import type { OutputLog } from "./outputLog";
import type { Sources } from "./sources";
import type { ThrowLog } from "./throwLog";
import type { WaitLog } from "./waitLog";
import type { WatchLog } from "./watchLog";

/** When a task was added, and where it is suspended until it is first resumed. */
export interface Added {
  /** The step after which it was added. */
  readonly step: number;
  readonly point: YieldPoint | undefined;
  /** Whether the user's code had already resumed the generator. */
  readonly begun: boolean;
  /** The task that spawned it, in the step after which it was added; absent where the user added it. */
  readonly parent?: TaskId;
}

/** The state of a task until it is first resumed. */
export function firstState(added: Pick<Added, "begun"> | undefined): "created" | "ready" {
  return added?.begun ? "ready" : "created";
}

/** What a program is given that decides itself who runs. */
export interface Observed {
  /** The arguments after the file's name. */
  readonly arguments: string[];
  /** The name under which it is run as a module, as by `python -m`. */
  readonly module?: string | undefined;
  /** Variables of its environment, besides those of the host. */
  readonly environment?: Readonly<Record<string, string>> | undefined;
  /** Its standard input: the absolute path of a file, or `inherit` for that of this process. Without it there is nothing to read. */
  readonly input?: string | undefined;
  /** Which of its functions count as tasks, and which do not. */
  readonly functions?: Decisions | undefined;
}

/** A trace with everything that belongs to it. A task's number is its index in `tasks`. */
export interface RunRecord {
  readonly trace: TraceStore;
  /** What determines the order of the run, up to step `steps`. There are no changes if they were not recorded. */
  readonly scheduler: Pick<Scheduler, "tasks" | "changes" | "steps"> & Partial<Pick<Scheduler, "followed">>;
  readonly output: OutputLog;
  readonly inspections: Inspections;
  readonly differences: Differences;
  readonly watched: WatchLog;
  readonly throws: ThrowLog;
  readonly waits: WaitLog;
  /** Absent where it was not recorded. */
  readonly rejections?: readonly Rejection[];
  readonly foreignYields?: readonly ForeignYield[];
  readonly sources: Sources;
  /** Absent where time was real. */
  readonly virtualTime?: VirtualTime | undefined;
  readonly tasks: readonly Task[];
  /** When each task was added, by task number. */
  readonly added: readonly Added[];
  /** If the program decides itself who runs: what it was given. */
  readonly observed?: Observed | undefined;
  /** If the tasks run as threads: where they may give way. */
  readonly threads?: SwitchPoints | undefined;
  /** Whether each task has a process of its own. */
  readonly processes?: boolean | undefined;
  /** Who resumed the tasks of an observed program; absent where it was not recorded. */
  readonly drivers?: DriverLog;
  /** The functions of an observed program that were iterated over, and are no tasks then; absent where it was not recorded. */
  readonly iterated?: ReadonlySet<string>;
  /** How an observed program has ended: its exit code, and the exception that nobody has caught. */
  readonly exitCode?: number | undefined;
  readonly uncaught?: Thrown | undefined;
  /** The task that the next step resumes. */
  readonly next: TaskId | undefined;
  readonly runtime: Answer<"hello"> | undefined;
  /** Whether there may be a step by hand that is not among the changes yet. */
  readonly isByHand?: boolean;
  /** Whether tasks are being resumed. */
  readonly isAdvancing?: boolean;
  /** Whether a plan is being executed, but no task is ready: one has to be woken first. */
  readonly isAwaiting?: boolean;
  /** The user code that is hanging, if any. */
  readonly hung: Extract<RunnerEvent, { event: "hung" }> | undefined;
}
