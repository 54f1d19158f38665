/**
 * The settings, typed. They are read at the time of use, so that a change takes effect immediately.
 */
import { workspace } from "vscode";
import type { Until } from "../core/until";

/** The section of all settings. */
export const section = "yieldpoint";

const megabyte = 1024 * 1024;

export const settings = {
  /** Whether lenses are shown above generator functions. */
  lenses: () => read("codeLens.enabled", true),
  /** Whether a changed file is saved before it is run. */
  saveBeforeRun: () => read("saveBeforeRun", true),
  /** The Node.js that runs the tasks; empty for the one on PATH. */
  nodePath: () => read("nodePath", "").trim(),
  /** The Python that runs the tasks if the Python extension has none selected; empty for the one on PATH. */
  pythonPath: () => read("pythonPath", "").trim(),
  /** When a run pauses by itself. */
  until: () => read<Until>("runUntil", "first"),
  /** The number of milliseconds by which a step moves virtual time; 0 for real time. */
  virtualStep: () => read("virtualTime", 0),
  /** The maximum size of a trace, in bytes. */
  maxTraceBytes: () => read("maxTraceMegabytes", 2048) * megabyte,
  /** Warnings that are not shown, as `hog` or `hog:counter`. */
  silencedWarnings: () => read<readonly string[]>("silencedWarnings", []),
  /** Whether suspended tasks are marked in the editor. */
  marks: () => read("marks.enabled", true),
  /** Whether the values of variables are shown at the ends of lines. */
  inlineValues: () => read("inlineValues", true),
};

/** The full name of the setting with the interpreter of a file. */
export function interpreterSetting(file: string): string {
  return `${section}.${/\.py$/i.test(file) ? "pythonPath" : "nodePath"}`;
}

function read<T>(name: string, fallback: T): T {
  return workspace.getConfiguration(section).get<T>(name, fallback);
}
