/**
 * The tooltips of the buttons: the name, the key, and what is not plain from the name.
 */
import type { Command } from "../../protocol/panel";

/** The keys as on a Mac, where one of them differs. */
const isMac = /Mac/.test(navigator.userAgent);

/** The keys that the manifest binds to the commands of buttons while the panel has the focus. */
const keys: Partial<Record<Command, string>> = {
  restart: isMac ? "Cmd+Shift+F5" : "Ctrl+Shift+F5",
  stepBack: "Shift+F10",
  step: "F10",
  run: "F5",
  pause: "F6",
  stop: "Shift+F5",
};

const abouts: Readonly<Record<string, string>> = {
  restart: "the same tasks in a fresh process, with the code as it is now",
  stepBack: "shows the step before, as it was then",
  step: "resumes one task until its next yield",
  run: "until a task returns or throws, a breakpoint is met, or all have ended",
  pause: "after the slice that is running",
  stop: "ends the process; the trace stays",
  addTask: "another call, which takes turns with these",
  saveTrace: "to a file that opens here again",
  exportTrace: "for Perfetto, as a table, as a picture or as JSON Lines",
};

/** @param command of the button, whose label is given */
export function tooltip(command: string, label: string): string {
  const key = Object.entries(keys).find(([name]) => name === command)?.[1];
  const about = abouts[command];
  return `${label}${key === undefined ? "" : ` (${key})`}${about === undefined ? "" : `: ${about}`}`;
}
