/** What is run again and again, and how a run ends. */
import type { Loop } from "../../../core/explore/loops/loops";
import type { RankingRule } from "../../../core/explore/ranking";
import type { VirtualTime } from "../../../core/virtualTime";
import type { ExploredOutcome } from "../../../protocol/explore";
import type { TaskColumns } from "../execute/tasks";
import type { PointTable } from "../load/pointMarks";
import type { UserFiles } from "../values/failures";

/** An expression of the user's, compiled into a module. */
export interface Compiled {
  readonly file: string;
  readonly index: number;
}

/** What is run, and what ends a run. */
export interface Plan {
  /** The calls that make the tasks, with the names of these. That of a thread has a closure that gives the generator of the call. */
  readonly calls: readonly (Compiled & { readonly name: string; readonly isThread: boolean })[];
  /** Whether tasks can be switched within their slices. */
  readonly hasThreads: boolean;
  readonly check: Compiled | undefined;
  readonly invariant: Compiled | undefined;
  readonly watches: readonly Compiled[];
  readonly until: "first" | "all";
  /** From which deviations are counted; undefined for round-robin. */
  readonly policy: RankingRule | undefined;
  readonly time: VirtualTime;
}

/** How a run ended, and what makes it a failure. */
export interface RunEnd {
  readonly end: ExploredOutcome["end"];
  readonly by?: NonNullable<ExploredOutcome["failing"]>["by"];
  /** What was thrown: by a task, or by the check or the invariant. */
  readonly thrown?: unknown;
  /** The task that threw, or hangs. */
  readonly task?: number;
  readonly cycle?: readonly number[];
  readonly loop?: Loop;
}

/** What an outcome tells of a run that has ended. */
export interface EndedRun {
  readonly plan: Plan;
  readonly columns: TaskColumns;
  readonly output: string;
  readonly points: PointTable;
  /** The files as they run. */
  readonly files: UserFiles;
  nameOf(task: number): string;
  isBlocked(task: number): boolean;
  /** The value of an expression of the user's. @throws Interrupted if it does not end; anything that it throws */
  evaluate(compiled: Compiled): unknown;
}
