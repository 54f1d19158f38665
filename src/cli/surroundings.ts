/**
 * The environment of a command: where its output goes, and what it runs with.
 */
import type { Writable } from "node:stream";
import type { Sink } from "./sink";

export interface Surroundings {
  /** The folder of the bundles. */
  readonly dist: string;
  readonly out: Sink;
  /** Standard error, for progress. */
  readonly err: Writable & { readonly isTTY?: boolean };
  /** The width of a line, in characters. */
  readonly width: number;
  /** Prints a warning to standard error. */
  warn(message: string): void;
  /** Aborted when the user wants to stop, or the reader has closed the output. */
  readonly signal: AbortSignal;
}
