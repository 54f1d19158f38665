/**
 * The run in a trace file, as far as it can be read.
 */
import type { Task, TaskState } from "../../core/task";
import type { TraceStore } from "../../core/trace/traceStore";
import { type Added, firstState, type RunRecord } from "../seen/runRecord";
import type { Contents } from "./contents";
import type { Meta } from "./schema";
import type { Segments } from "./segments";

/** Those of steps and tasks that there are. */
function shownOf<T extends { readonly step: number; readonly task: number }>(noted: readonly T[] = [], trace: TraceStore): T[] {
  return noted.filter(({ step }) => step >= 1 && step <= trace.length);
}

/** The task of a lost step. */
const lostTask: Omit<Task, "id"> = { name: "(lost)", call: "(lost)", state: "closed" };

/** The run that a file has recorded. */
export function runOf(contents: Contents, trace: TraceStore, meta: Meta, segments: Segments): RunRecord {
  const { output, order, inspections, differences, throws, waits, sources } = contents;
  const totals = trace.totals(trace.length, meta.tasks.length);
  const added = meta.tasks.map(({ added, point, begun = false, parent }): Added => {
    return { step: added, point, begun, ...(parent === undefined ? {} : { parent }) };
  });
  const stateOf = (id: number): TaskState => {
    const last = totals[id]?.lastStep ?? 0;
    const event = last > 0 ? trace.at(last).event : undefined;
    if (waits.now.blockedOf(id)) return "blocked";
    return event === "yielded" ? "ready" : (event ?? firstState(added[id]));
  };
  const tasks = meta.tasks.map(({ name, call }, id): Task => ({ id, name, call, state: stateOf(id) }));
  return {
    trace,
    scheduler: { tasks, changes: order.changes, steps: order.steps, followed: order.followed },
    output,
    inspections,
    differences,
    watched: contents.watched(trace, meta.file),
    throws,
    waits,
    rejections: shownOf(meta.rejections, trace),
    foreignYields: shownOf(meta.foreignYields, trace),
    sources,
    get tasks() {
      return segments.hasLost ? [...tasks, { ...lostTask, id: tasks.length }] : tasks;
    },
    added,
    next: undefined,
    runtime: meta.runtime,
    virtualTime: meta.virtualTime,
    observed: meta.observed,
    threads: meta.threads,
    processes: meta.processes,
    drivers: contents.drivers,
    hung: undefined,
  };
}
