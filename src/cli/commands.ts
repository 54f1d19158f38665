/**
 * The commands of the command line as data.
 */

import type { Working } from "../core/conditions";
import type { Measure } from "../core/measures";
import type { Until } from "../core/until";
import type { VirtualTime } from "../core/virtualTime";
import type { ComparedFormat } from "../protocol/schedule";
import type { Effort, Question } from "../session/explore/asked";
import type { Framework } from "../session/explore/regressionTest";
import type { Observed } from "../session/seen/runRecord";
import type { ExportFormat } from "../session/view/export";

export type Format = "text" | "jsonl";

export interface TraceCommand {
  readonly name: "trace";
  /** An absolute path, like all paths of commands. */
  readonly file: string;
  readonly calls: readonly string[];
  /** Whether the calls come from a setup. They are ignored if a schedule has calls of its own. */
  readonly areFromSetup: boolean;
  readonly until: Until;
  /** The name of the task whose end ends the run; undefined for none. */
  readonly untilTask: string | undefined;
  /** The maximum number of steps; `Infinity` for no limit. */
  readonly steps: number;
  readonly format: Format;
  /** `NAME[:key=value,…]`, or the path of a file. */
  readonly policy: string;
  /** The absolute path of the folder that the path of a policy is relative to. */
  readonly policyFolder: string;
  readonly seed: number | undefined;
  /** Undefined for real time. */
  readonly virtualTime: VirtualTime | undefined;
  readonly working: Working;
  /** What the options say of it, where a schedule may say something else. */
  readonly timeAsked: Partial<VirtualTime>;
  /** The schedule's text, or `@` and the path of a file; undefined for none. */
  readonly schedule: string | undefined;
  /** A saved trace whose schedule is replayed and whose steps are compared with the new ones; undefined for none. */
  readonly against: string | undefined;
  /** Where to save the trace; undefined if it is not saved. */
  readonly save: string | undefined;
  /** Empty to use the Node.js on PATH. */
  readonly node: string;
  /** Empty to use the Python on PATH. */
  readonly python: string;
}

/** Watches a program that decides itself who runs. */
export interface ObserveCommand {
  readonly name: "observe";
  readonly file: string;
  readonly observed: Observed;
  /** The maximum number of steps; `Infinity` for no limit. */
  readonly steps: number;
  readonly format: Format;
  /** Undefined for real time. */
  readonly virtualTime: VirtualTime | undefined;
  /** Where to save the trace; undefined if it is not saved. */
  readonly save: string | undefined;
  readonly node: string;
  readonly python: string;
}

/** A regression test to write. */
export interface CopiedTest {
  readonly framework: Framework;
  /** Undefined for standard output, in place of the report. */
  readonly out: string | undefined;
}

export interface ExploreCommand {
  readonly name: "explore";
  readonly file: string;
  readonly calls: readonly string[];
  readonly question: Question;
  readonly working: Working;
  readonly effort: Effort;
  /** Undefined for none. */
  readonly test: CopiedTest | undefined;
  readonly format: Format;
  readonly node: string;
  readonly python: string;
}

/** Puts together what several commands `explore` have printed. */
export interface MergeCommand {
  readonly name: "merge";
  /** The first file. */
  readonly file: string;
  /** All of them. */
  readonly files: readonly string[];
  readonly format: Format;
}

export interface CompareCommand {
  readonly name: "compare";
  readonly file: string;
  readonly calls: readonly string[];
  readonly policies: readonly string[];
  readonly seed: number | undefined;
  /** Undefined for real time. */
  readonly virtualTime: VirtualTime | undefined;
  readonly working: Working;
  /** The maximum number of steps for each policy. */
  readonly steps: number;
  /** How often each of them runs while nothing else does; undefined for once, two at a time. */
  readonly runs: number | undefined;
  readonly measures: readonly Measure[];
  readonly format: ComparedFormat;
  readonly node: string;
  readonly python: string;
}

/** Compares setups, each of which says itself what runs. */
export interface CompareSetupsCommand {
  readonly name: "compareSetups";
  /** Their names. */
  readonly setups: readonly string[];
  /** The maximum number of steps of each. */
  readonly steps: number;
  readonly runs: number;
  /** What is evaluated at the end, besides what the setups have themselves. */
  readonly measures: readonly Measure[];
  readonly format: ComparedFormat;
  readonly node: string;
  readonly python: string;
}

export interface ListCommand {
  readonly name: "list";
  readonly file: string;
  readonly format: Format;
  readonly node: string;
  readonly python: string;
}

export interface ShowCommand {
  readonly name: "show";
  readonly file: string;
  readonly from: number;
  /** `Infinity` for the last step. */
  readonly to: number;
  /** Names of tasks; empty for all. */
  readonly tasks: readonly string[];
  /** The outcomes of the search that was saved with the trace, instead of its steps. */
  readonly explored: boolean;
  readonly format: Format;
}

export interface ExportCommand {
  readonly name: "export";
  readonly file: string;
  readonly as: ExportFormat;
  /** Undefined for standard output. */
  readonly out: string | undefined;
}

export interface StatsCommand {
  readonly name: "stats";
  readonly file: string;
  readonly format: Format;
}

/** A command that reads a trace file. */
export type RecordedCommand = ShowCommand | ExportCommand | StatsCommand;

export type FileCommand =
  | TraceCommand
  | ObserveCommand
  | ExploreCommand
  | MergeCommand
  | CompareCommand
  | ListCommand
  | RecordedCommand;

export type Command = FileCommand | CompareSetupsCommand | { readonly name: "help" } | { readonly name: "version" };
