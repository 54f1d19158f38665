/**
 * How a run ended, as exports and the command line print it.
 */
import type { TaskState } from "../task";
import type { Thrown } from "../trace/thrown";
import type { TraceStore } from "../trace/traceStore";
import type { WaitState } from "../waiting/waitState";
import type { Exported } from "./source";

export interface TaskOutcome {
  readonly state: TaskState;
  /** The preview of the returned value or of the error. */
  readonly value?: string;
}

/** A task of a deadlock, and what it waits for: a mutex that the next one holds, or, without one, the end of the next one. */
export interface OutcomeLink {
  readonly task: string;
  readonly waitsFor?: string;
  /** The step in which it was blocked. */
  readonly since: number;
}

export interface Outcome<Reason extends string = string> {
  readonly steps: number;
  /** Why the run stopped, if known. */
  readonly stopped?: Reason;
  /** Of a deadlock: each waits for the next one, the last for the first. */
  readonly cycle?: readonly OutcomeLink[];
  /** Why tasks wait forever: for a deadlock, or if no task is left that could wake the others. */
  readonly why?: string;
  readonly tasks: Readonly<Record<string, TaskOutcome>>;
}

/**
 * The outcome of every task at the end of a trace.
 *
 * @param added for each task, whether its generator had already been resumed before it became a task
 */
export function outcomeOf({
  trace,
  tasks,
  added = [],
  waits,
}: {
  readonly trace: TraceStore;
  readonly tasks: readonly { readonly name: string }[];
  readonly added?: readonly { readonly begun: boolean }[];
  readonly waits?: { readonly now: Pick<WaitState, "blockedOf"> };
}): Outcome<never> {
  const totals = trace.totals(trace.length, tasks.length);
  const entries = tasks.map(({ name }, id): [string, TaskOutcome] => {
    const lastStep = totals[id]?.lastStep ?? 0;
    const last = lastStep > 0 ? trace.at(lastStep) : undefined;
    if (!last) return [name, { state: added[id]?.begun ? "ready" : "created" }];
    if (waits?.now.blockedOf(id)) return [name, { state: "blocked" }];
    return [name, last.event === "yielded" ? { state: "ready" } : { state: last.event, value: last.value }];
  });
  return { steps: trace.length, tasks: Object.fromEntries(entries) };
}

/** The errors that tasks threw, by the tasks' names. */
export function thrownBy({
  trace,
  tasks,
  throws,
}: Pick<Exported, "trace" | "tasks" | "throws">): (name: string) => Thrown | undefined {
  const totals = trace.totals(trace.length, tasks.length);
  const lastSteps = new Map(tasks.map(({ name }, id) => [name, totals[id]?.lastStep ?? 0]));
  return (name) => throws.of(lastSteps.get(name) ?? 0);
}
