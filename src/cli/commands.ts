/**
 * The commands of the command line as data.
 */

import type { Until } from "../core/until";
import type { ExportFormat } from "../session/view/export";

export type Format = "text" | "jsonl";

export interface TraceCommand {
  readonly name: "trace";
  /** Absolute, as all files of commands are. */
  readonly file: string;
  readonly calls: readonly string[];
  readonly until: Until;
  /** The most steps; `Infinity` for no limit. */
  readonly steps: number;
  readonly format: Format;
  /** `NAME[:key=value,…]`, or a file. */
  readonly policy: string;
  readonly seed: number | undefined;
  /** Its text, or `@` and the file that it is in; undefined for none. */
  readonly schedule: string | undefined;
  /** A trace that was saved, whose schedule is replayed and with whose steps these are compared; undefined for none. */
  readonly against: string | undefined;
  /** Where the trace is saved; undefined for nowhere. */
  readonly save: string | undefined;
  /** Empty for the Node on PATH. */
  readonly node: string;
  /** Empty for the Python on PATH. */
  readonly python: string;
}

export interface CompareCommand {
  readonly name: "compare";
  readonly file: string;
  readonly calls: readonly string[];
  readonly policies: readonly string[];
  readonly seed: number | undefined;
  /** The maximum number of steps for each policy. */
  readonly steps: number;
  readonly format: Format;
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
  /** Names of tasks; none for all. */
  readonly tasks: readonly string[];
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

/** What reads a trace file. */
export type RecordedCommand = ShowCommand | ExportCommand | StatsCommand;

export type FileCommand = TraceCommand | CompareCommand | ListCommand | RecordedCommand;

export type Command = FileCommand | { readonly name: "help" } | { readonly name: "version" };
