/**
 * `show`: prints steps of a saved trace in the same form as `trace`.
 */
import { setImmediate } from "node:timers/promises";
import { listed, nearest } from "../core/nearest";
import type { Task, TaskId } from "../core/task";
import type { StepRecord } from "../core/trace/trace";
import type { TraceStore } from "../core/trace/traceStore";
import { UserError } from "../session/common/errors";
import { type OrderOutcome, orderOutcome, outcomeOf } from "../session/view/scheduleOutcome";
import type { Viewed } from "../session/view/viewed";
import type { ShowCommand } from "./commands";
import { jsonl } from "./jsonl";
import { endedOf, moreOf, wokenBefore } from "./printer";
import type { Surroundings } from "./surroundings";
import { textPrinter } from "./text";

/** After this many steps, back-pressure and signals are handled. */
const batchSteps = 1_000;

/** The schedule of a longer trace is not computed before the first line is printed. */
const scheduledSteps = 100_000;

/**
 * Prints the requested steps, and the outcome.
 *
 * @throws UserError if the trace has no such step or task
 */
export async function show(command: ShowCommand, viewed: Viewed, { out, width, signal }: Surroundings): Promise<void> {
  const { run } = viewed;
  const { from } = command;
  const to = Math.min(command.to, run.trace.length);
  if (from > Math.max(1, run.trace.length)) {
    throw new UserError(`There is no step ${from}; the trace has ${run.trace.length}.`, "Choose a step within the trace.");
  }
  const tasks = chosen(run.tasks, command.tasks);
  const printer = command.format === "jsonl" ? jsonl : textPrinter(width);
  const printed = (step: number) => run.output.of(step).flatMap((piece) => printer.output(step, piece));
  const isWhole = command.tasks.length === 0;
  out.write([
    ...printer.order(await orderBefore(viewed)),
    ...(isWhole && from === 1 ? printed(0) : []),
    ...printer.header(tasks),
  ]);
  const waits = printer.waits(run, from);
  const wokenAt = (step: number) => {
    const lines = wokenBefore(step, waits, run, printer);
    return isWhole ? lines : [];
  };
  let lines: string[] = [];
  for (const record of recordsOf(run.trace, from, to, isWhole ? undefined : tasks)) {
    const name = run.tasks[record.task]?.name ?? "";
    lines.push(...wokenAt(record.step), ...printer.step(record, name, printed(record.step), moreOf(run, record, waits)));
    if (lines.length < batchSteps) continue;
    out.write(lines);
    lines = [];
    await out.ready();
    await setImmediate(); // lets signals be handled
    if (signal.aborted) return;
  }
  const isEnd = isWhole && to === run.trace.length;
  const last = isEnd ? [...wokenAt(to + 1), ...printed(to + 1)] : [];
  out.write([...lines, ...last, ...printer.outcome(await outcomeOf(viewed), endedOf(viewed))]);
}

/** The order of the run, with only the beginning of a long schedule. */
async function orderBefore(viewed: Viewed): Promise<OrderOutcome> {
  const { schedule, ...order } = await orderOutcome(viewed, Math.min(viewed.head, scheduledSteps));
  if (schedule === undefined) return order;
  return { ...order, schedule: viewed.head > scheduledSteps ? `${schedule} …` : schedule };
}

function chosen(tasks: readonly Task[], names: readonly string[]): readonly Task[] {
  if (names.length === 0) return tasks;
  const foreign = names.find((name) => !tasks.some((task) => task.name === name));
  if (foreign === undefined) return tasks.filter(({ name }) => names.includes(name));
  const known = tasks.map(({ name }) => name);
  const meant = nearest(foreign, known);
  const question = meant === undefined ? "" : `Did you mean "${meant}"? `;
  throw new UserError(`The trace has no task "${foreign}".`, `${question}Its tasks are ${listed(known)}.`);
}

/** The records of a range of steps in order, of all tasks or of some. Segments without any of these tasks are not read. */
function* recordsOf(trace: TraceStore, from: number, to: number, tasks: readonly Task[] | undefined): Generator<StepRecord> {
  const next = tasks ? nextSteps(trace, tasks) : (step: number) => step;
  for (let step = next(from); step <= to; step = next(step + 1)) yield trace.at(step);
}

/** Returns a function that finds the first step of any of the tasks at or after a step. It must be called with ascending steps. */
function nextSteps(trace: TraceStore, tasks: readonly Task[]): (from: number) => number {
  const known = new Map<TaskId, number>();
  return (from) => {
    let first = Number.POSITIVE_INFINITY;
    for (const { id } of tasks) {
      let next = known.get(id) ?? 0;
      if (next < from) next = trace.nextOf(id, from) ?? Number.POSITIVE_INFINITY;
      known.set(id, next);
      first = Math.min(first, next);
    }
    return first;
  };
}
