/**
 * Who hears what a runner tells.
 */
import { basename } from "node:path";
import type { StepChunk } from "../../core/trace/trace";
import type { WaitRows } from "../../core/waiting/rows";
import type { RunnerEvent } from "../../protocol/runner";
import type { UserError } from "../common/errors";

/** The events of a runner. None follows `ended`. */
export interface RunnerListener {
  steps(chunk: StepChunk): void;
  /** What requests did to the tasks, before the steps in which they did. */
  waits?(rows: WaitRows): void;
  event(event: RunnerEvent): void;
  /**
   * Text written directly to the process's stdout or stderr, bypassing the language's printing functions, that the runner did not read
   * itself. If the descriptors are a file, this is only the last part, after the process has ended; if they are pipes, it is all of it.
   */
  printed(stream: "stdout" | "stderr", text: string, dropped?: number): void;
  /** Called at intervals while a process that is to answer gives no sign of life, and without an argument when it does again. */
  silent?(silence?: Silence): void;
  /** @param error a StoppedError if the process was ended by `kill` */
  ended(error: UserError): void;
}

/** A process that gives no sign of life although it is to answer. */
export interface Silence {
  readonly executable: string;
  readonly pid: number;
  readonly seconds: number;
}

/** That a process gives no sign of life. @param process a name for it, for the beginning of a sentence */
export function silenceText(process: string, { executable, pid, seconds }: Silence): string {
  return `${process} (${basename(executable)}, process ID ${pid}) has not answered for ${seconds} s.`;
}

/** Hears nothing. */
export const unheard: RunnerListener = {
  steps: () => undefined,
  event: () => undefined,
  printed: () => undefined,
  ended: () => undefined,
};
