/**
 * The result of a search as data for programs: an object for each outcome, and one about the search. Files of such objects can be put
 * together again.
 */
import * as v from "valibot";
import type { Tried } from "../../core/explore/claim";
import type { Estimate } from "../../core/explore/estimate";
import { formatSchedule } from "../../core/schedule/format";
import type { ScheduleItem } from "../../core/schedule/items";
import type { TaskId } from "../../core/task";
import type { ExploredOutcome } from "../../protocol/explore";
import { usualPolicy } from "../order/policies";
import type { Effort, ExploredProgram, Question } from "./asked";
import { type MetOutcome, switchesOf } from "./metOutcomes";
import type { OrderSearch } from "./orderSearch";
import type { SearchResult } from "./result";
import type { Witness } from "./witnesses";

const count = v.pipe(v.number(), v.integer(), v.minValue(0));

const Task = v.object({
  state: v.picklist(["created", "ready", "blocked", "returned", "threw"]),
  value: v.optional(v.string()),
  /** Where it threw or is suspended. */
  line: v.optional(count),
  column: v.optional(count),
  file: v.optional(v.string()),
});

/** One outcome. `orders` or `classes` says how many led to it. */
export const OutcomeReport = v.object({
  outcome: v.object({
    /** Of the witness. */
    steps: count,
    stopped: v.string(),
    tasks: v.record(v.string(), Task),
    watches: v.record(v.string(), v.string()),
    output: v.optional(v.string()),
    cycle: v.optional(v.array(v.object({ task: v.string() }))),
    /** The first step of the witness that is repeated for ever: after its last one, everything is as it was before this one. */
    repeats: v.optional(count),
    why: v.optional(v.string()),
  }),
  orders: v.optional(count),
  classes: v.optional(count),
  failing: v.boolean(),
  /**
   * Of a failing one: the check, the invariant, an exception, a deadlock, a livelock, starvation, a slice that does not end, or one that
   * ends the process.
   */
  by: v.optional(v.picklist(["check", "invariant", "threw", "deadlock", "livelock", "starvation", "hung", "died"])),
  /** The schedule. */
  witness: v.string(),
  switches: count,
  /** How many ready tasks are passed over in it; absent if the witness was not run again. */
  deviations: v.optional(count),
  explanation: v.optional(v.string()),
  /** A schedule that leads there as well, or fails too, if it is this one whose steps the explanation names. */
  explained: v.optional(v.string()),
  /** The same schedule, but for two neighbouring steps that have changed places. It leads elsewhere. */
  other: v.optional(v.string()),
});
export type OutcomeReport = v.InferOutput<typeof OutcomeReport>;

/** The search itself. */
export const SearchReport = v.object({
  explored: v.object({
    orders: v.optional(count),
    classes: v.optional(count),
    /** How many orders there are: exactly if all were tried, otherwise an estimate, if it has settled. */
    of: v.optional(v.number()),
    /** The standard deviation of the estimate. */
    deviation: v.optional(v.number()),
    claim: v.picklist(["all", "delays", "preemptions", "sample", "void"]),
    strategy: v.string(),
    /** The maximum number of deviations from the policy, if that is what was tried. */
    delays: v.optional(count),
    /** The maximum number of preemptions, if that is what was tried. */
    preemptions: v.optional(count),
    /** Of the orders, those that were not run to their ends, since another one had come to the same state. */
    merged: v.optional(count),
    pruned: count,
    cut: count,
    deterministic: v.boolean(),
    seed: count,
    millis: count,
    /** Whether the search was stopped by the user. */
    cancelled: v.optional(v.boolean()),
    shard: v.optional(v.string()),
    says: v.array(v.string()),
    verdicts: v.array(v.object({ property: v.string(), state: v.picklist(["proved", "not found", "found"]), text: v.string() })),
    opaque: v.array(v.string()),
    program: v.object({
      file: v.string(),
      /** The digest of the file's text. */
      text: v.optional(v.string()),
      calls: v.array(v.string()),
      check: v.optional(v.string()),
      invariant: v.optional(v.string()),
      /** Absent for round-robin. */
      policy: v.optional(v.string()),
      until: v.picklist(["first", "all"]),
      steps: count,
    }),
    /** What the claim was made from. */
    basis: v.object({
      coverage: v.picklist(["all", "delays", "preemptions", "sample"]),
      done: v.boolean(),
      differs: v.optional(count),
      outside: v.optional(v.string()),
      returned: v.optional(v.boolean()),
      hidden: v.optional(v.string()),
      sizes: v.object({ runs: count, mean: v.number(), variance: v.number() }),
    }),
  }),
});
export type SearchReport = v.InferOutput<typeof SearchReport>;

export interface Report {
  readonly outcomes: readonly OutcomeReport[];
  readonly search: SearchReport;
}

/** Why an order ended, in the words of a trace where it has one. */
const stopped: Partial<Record<ExploredOutcome["end"], string>> = {
  all: "all-finished",
  first: "first-return",
  cut: "step-limit",
};

/** The report of a search that has tried something. */
export function reportOf({ program, question, effort, result, witnesses, millis, status, text }: OrderSearch): Report {
  if (!result) throw new Error("Nothing was tried yet.");
  const outcomes = result.outcomes.map((met) => outcomeReport(met, result, witnesses.get(met.key), program, question));
  const about = { program, question, effort, millis, isCancelled: status === "cancelled", text: text.digest };
  return { outcomes, search: searchReport(result, about) };
}

/** The schedule of an order. */
export function scheduleOf(
  { calls, command }: Pick<ExploredProgram, "calls" | "command">,
  { policy, time }: Pick<Question, "policy" | "time">,
  picks: readonly TaskId[],
): string {
  const items: ScheduleItem[] = [{ kind: "policy", policy }, ...calls.map((call) => ({ kind: "add", call }) as const)];
  return formatSchedule(picks.length > 0 ? [...items, { kind: "picks", picks, times: 1 }] : items, {
    virtualTime: time,
    threads: command.threads,
  });
}

/** What a failing outcome failed by, as a sentence without its end. */
export function whyOf({ failing, end }: Pick<ExploredOutcome, "failing" | "end">): string | undefined {
  if (!failing) return undefined;
  const { by, message } = failing;
  switch (by) {
    case "check":
      return `the check does not hold: ${message}`;
    case "invariant":
      return `the invariant does not hold: ${message}`;
    case "threw":
      return message;
    case "deadlock":
      return end === "deadlock"
        ? `tasks wait for one another forever: ${message}`
        : `tasks wait, and nothing is left that could wake them: ${message}`;
    case "livelock":
      return `everything comes back to where it was, again and again: ${message}`;
    case "starvation":
      return `the policy never picks ${message}, and everything comes back to where it was`;
    case "hung":
      return `${message} does not give back control`;
    case "died":
      return `${message} ended the process`;
  }
}

function outcomeReport(
  { outcome, orders, witness: met }: MetOutcome,
  { countsClasses }: SearchResult,
  witness: Witness | undefined,
  program: ExploredProgram,
  question: Question,
): OutcomeReport {
  const picks = witness?.picks ?? met;
  const schedule = (of: readonly TaskId[]) => scheduleOf(program, question, of);
  const why = whyOf(outcome);
  const { explanation, executed } = witness ?? {};
  const loop = executed?.loopFrom === undefined ? undefined : { from: executed.loopFrom + 1, to: picks.length };
  const sentences = [...(loop ? [loopText(loop)] : []), ...(explanation ? [explanation.sentence] : [])];
  return {
    outcome: {
      steps: picks.length,
      stopped: stopped[outcome.end] ?? outcome.end,
      tasks: Object.fromEntries(outcome.tasks.map((task) => [task.name, taskReport(task, program.file)])),
      watches: Object.fromEntries(question.watches.map((watch, at) => [watch, outcome.watches[at] ?? ""])),
      ...(outcome.output === undefined ? {} : { output: outcome.output }),
      ...(outcome.cycle ? { cycle: outcome.cycle.map((task) => ({ task: outcome.tasks[task]?.name ?? "" })) } : {}),
      ...(loop ? { repeats: loop.from } : {}),
      ...(why === undefined ? {} : { why }),
    },
    ...(countsClasses ? { classes: orders } : { orders }),
    failing: outcome.failing !== undefined,
    ...(outcome.failing ? { by: outcome.failing.by } : {}),
    witness: schedule(picks),
    switches: switchesOf(picks),
    ...(witness ? { deviations: witness.deviations } : {}),
    ...(sentences.length > 0 ? { explanation: sentences.join(" ") } : {}),
    ...(explanation ? { other: schedule(explanation.good.picks) } : {}),
    ...(explanation && String(explanation.bad.picks) !== String(picks) ? { explained: schedule(explanation.bad.picks) } : {}),
  };
}

function loopText({ from, to }: { readonly from: number; readonly to: number }): string {
  const [steps, was] = from === to ? [`Step ${from} is`, "it"] : [`Steps ${from} to ${to} are`, "them"];
  return `${steps} repeated for ever: after ${was}, everything is as it was before.`;
}

function taskReport({ state, value, point }: ExploredOutcome["tasks"][number], main: string): v.InferOutput<typeof Task> {
  return {
    state,
    ...(value === undefined ? {} : { value }),
    ...(point ? { line: point.line, column: point.column } : {}),
    ...(point && point.file !== main ? { file: point.file } : {}),
  };
}

/** How many orders there are, about. The deviation is absent where there are more than that. */
export function estimateReport({ orders, deviation }: Estimate): { of: number; deviation?: number } {
  return { of: Math.round(orders), ...(deviation === undefined ? {} : { deviation: Math.round(deviation) }) };
}

interface About {
  readonly program: ExploredProgram;
  readonly question: Question;
  readonly effort: Effort;
  readonly millis: number;
  readonly isCancelled: boolean;
  /** The digest of the file's text. */
  readonly text: string | undefined;
}

/** The bound of a search that has one. */
export function boundReport({ coverage, bound }: Tried): { delays?: number; preemptions?: number } {
  if (bound === undefined) return {};
  return coverage === "preemptions" ? { preemptions: bound } : { delays: bound };
}

function searchReport(result: SearchResult, { program, question, effort, millis, isCancelled, text }: About): SearchReport {
  const { claim, countsClasses, tried, about, basis } = result;
  const { check, invariant, until, steps, policy } = question;
  const seed = /[:,]seed=(\d+)/.exec(result.strategy)?.[1] ?? effort.seed ?? 0;
  const exact = claim.kind === "all" && !countsClasses ? { of: tried } : {};
  const estimate = about ? estimateReport(about) : {};
  const { index, of } = effort.shard;
  return {
    explored: {
      ...(countsClasses ? { classes: tried } : { orders: tried }),
      ...("of" in exact ? exact : estimate),
      claim: claim.kind,
      strategy: result.strategy,
      ...boundReport(basis),
      ...(basis.merges ? { merged: basis.merged ?? 0 } : {}),
      pruned: result.pruned,
      cut: result.cut,
      deterministic: basis.differs === undefined,
      seed: Number(seed),
      millis: Math.round(millis),
      ...(isCancelled ? { cancelled: true } : {}),
      ...(of > 1 ? { shard: `${index + 1}/${of}` } : {}),
      says: [...claim.sentences],
      verdicts: [...result.verdicts],
      opaque: [...result.opaque],
      program: {
        file: program.file,
        ...(text === undefined ? {} : { text }),
        calls: [...program.calls],
        ...(check === undefined ? {} : { check }),
        ...(invariant === undefined ? {} : { invariant }),
        ...(policy === usualPolicy ? {} : { policy }),
        until,
        steps,
      },
      basis: {
        coverage: basis.coverage,
        done: basis.isDone,
        ...(basis.differs === undefined ? {} : { differs: basis.differs }),
        ...(basis.outside === undefined ? {} : { outside: basis.outside }),
        ...(basis.returned ? { returned: true } : {}),
        ...(basis.hidden === undefined ? {} : { hidden: basis.hidden }),
        sizes: basis.sizes,
      },
    },
  };
}
