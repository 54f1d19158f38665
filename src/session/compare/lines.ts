/**
 * What a comparison runs: its lines, one for each policy, way of working or setup.
 */
import type { Measure } from "../../core/measures";
import type { VirtualTime } from "../../core/virtualTime";
import type { PolicyFiles } from "../order/policyFiles";
import type { RunnerCommand } from "../process/runnerProcess";

/** What is run, apart from the policy. */
export interface ComparedProgram {
  /** The absolute path of the user's file. */
  readonly file: string;
  readonly command: RunnerCommand;
  readonly calls: readonly string[];
  /** The folder for data that does not fit in memory. */
  readonly storage: string;
  readonly maxTraceBytes: number;
  /** The virtual time of all runs; undefined for real time. */
  readonly virtualTime?: VirtualTime | undefined;
  readonly policyFiles?: PolicyFiles;
  /** Expressions whose values at the end are part of the outcome. */
  readonly watches?: readonly string[];
  readonly measures?: readonly Measure[];
  /** What is asked of every order if its orders are explored. */
  readonly check?: string | undefined;
}

/** A line: a program under a policy, or one that has turned out not to be able to run. Where policies are compared, they are the names. */
export type ComparedLine =
  | { readonly name?: string; readonly program: ComparedProgram /** As users type it. */; readonly policy: string }
  | { readonly name: string; readonly problem: unknown };

/** How many orders of a line's tasks were tried, and how many of them break its check. */
export interface TriedOrders {
  readonly tried: number;
  readonly failing: number;
  /** Why no more could be tried. */
  readonly problem?: string;
}

/** Tries orders of a program; gives undefined if there is nothing to try. */
export type TryOrders = (program: ComparedProgram, signal: AbortSignal) => Promise<TriedOrders | undefined>;

/** When the run of a line ends, and how often it is repeated. */
export interface Limits {
  readonly steps: number;
  /** How often each line runs while nothing else does, so that its time can be measured. If left out, each runs once, two at a time. */
  readonly runs?: number | undefined;
  /** The maximum run time in milliseconds. */
  readonly millis?: number;
}

/** The same program under several policies. @param policies as users type them */
export function underPolicies(program: ComparedProgram, policies: readonly string[]): ComparedLine[] {
  return policies.map((policy) => ({ program, policy }));
}
