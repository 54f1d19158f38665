/**
 * The tasks of a session as lines of a comparison, and the runs of lines as a session opens them.
 */
import { type Conditions, conditionsOfWay } from "../../core/conditions";
import type { Measure } from "../../core/measures";
import type { Way } from "../../core/ways";
import { OrderError } from "../common/errors";
import type { Program } from "../loop/program";
import type { SessionRules } from "../loop/sessionRules";
import { workingUnder } from "../process/runnerProcess";
import type { Comparison } from "./comparison";
import { type ComparedLine, type ComparedProgram, underPolicies } from "./lines";

/** What the lines are made of. */
export interface Comparable {
  readonly program: Program;
  readonly rules: SessionRules;
  readonly restarts: { readonly calls: readonly string[] };
}

/** The session's tasks under several policies. @param policies as users type them */
export function linesOfPolicies(shown: Comparable, policies: readonly string[], measures: readonly Measure[]): ComparedLine[] {
  const command = workingUnder(shown.program.command, shown.rules);
  return underPolicies({ ...programOf(shown, measures), command }, policies);
}

/** The session's tasks in several ways of working, under its policy. @throws OrderError if its file no longer exists */
export function linesOfWays(shown: Comparable, ways: readonly Way[], measures: readonly Measure[]): ComparedLine[] {
  const { rules, program } = shown;
  const policy = rules.choosePolicy(rules.policy).text;
  return ways.map((way) => {
    const command = workingUnder(program.command, conditionsOfWay[way]);
    // Processes run at the same time, which is real.
    const time = way === "processes" ? { virtualTime: undefined } : {};
    return { name: way, program: { ...programOf(shown, measures), ...time, command }, policy };
  });
}

function programOf({ program, rules, restarts }: Comparable, measures: readonly Measure[]): ComparedProgram {
  const { maxTraceBytes, policyFiles } = rules.options;
  return {
    file: program.file,
    command: program.command,
    storage: program.options.storage,
    maxTraceBytes,
    calls: restarts.calls,
    virtualTime: rules.virtualTime,
    ...(policyFiles ? { policyFiles } : {}),
    measures,
  };
}

/** A run that a line had, to be gone through. */
export interface ComparedRun {
  readonly file: string;
  readonly calls: readonly string[];
  readonly conditions: Conditions;
  /** The schedule that replays it. */
  readonly schedule: string;
  readonly steps: number;
  /** What is asked of every order; undefined for what is asked anyway. */
  readonly check: string | undefined;
}

/** The run that a row of the table shows. @throws OrderError if it cannot be opened */
export function runInRow(comparison: Comparison | undefined, row: number): ComparedRun {
  const { line, outcome } = comparison?.outcomeAt(row) ?? {};
  if (!line || !outcome || "problem" in line || outcome.schedule === undefined) {
    throw new OrderError("This run cannot be opened: it is not there, or too long.", "Compare again, with fewer steps.");
  }
  const { file, calls, command, virtualTime, check } = line.program;
  const { schedule, steps } = outcome;
  return {
    file,
    calls,
    conditions: { virtualTime, threads: command.threads, processes: command.processes },
    schedule,
    steps,
    check,
  };
}
