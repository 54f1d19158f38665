/**
 * What a person can type as standard input at present, and who asks for it.
 */
import { basename } from "node:path";
import type { View } from "../../protocol/panel";
import type { Run } from "../run/run";

/** Present if something can be typed; without `asks`, it is only possible that somebody waits for it. */
export type TakenInput = View["takesInput"];

const longestPrompt = 200;

/** @param mayWait whether the program goes on without doing anything that can be seen */
export function takenInput(run: Run, mayWait: boolean): TakenInput {
  const { typed, command, ending, ended } = run;
  if (command.input !== "typed" || typed.isOver || ending || ended) return undefined;
  const { asked } = typed;
  if (!asked) return mayWait ? {} : undefined;
  const { task, at, step } = asked;
  const who = task === undefined ? "The program" : (run.tasks[task]?.name ?? "A task");
  const where = at ? `, in ${at.function} at ${basename(at.file)}:${at.line}` : "";
  const prompt = promptIn(run, step);
  return { asks: `${who} asks for a line of standard input${where}`, ...(prompt ? { prompt } : {}) };
}

/** The line that a step has begun to print. */
function promptIn({ output }: Run, step: number): string {
  const printed = output.of(step);
  if (printed.at(-1)?.stream === "stdin") return "";
  return /[^\n]*$/.exec(printed.map(({ text }) => text).join(""))?.[0].slice(-longestPrompt) ?? "";
}
