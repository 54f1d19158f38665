/**
 * The environment of a command: where it prints, and what it runs with.
 */
import type { Sink } from "./sink";

export interface Surroundings {
  /** The folder of the bundles. */
  readonly dist: string;
  readonly out: Sink;
  /** Characters in a line of text. */
  readonly width: number;
  /** Says something beside what is printed. */
  warn(message: string): void;
  /** Aborted when the user wants to stop, or nobody reads any more. */
  readonly signal: AbortSignal;
}
