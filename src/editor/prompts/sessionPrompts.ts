/**
 * Prompts while a session is open: how far to run, what to watch, when to pause.
 */
import type { QuickPickItem } from "vscode";
import { countOf } from "../../core/count";
import type { NewBreakpoint } from "../../session/run/breakpoints";
import { askOne, askText } from "./ask";

/** The texts of an input box for a number of steps. */
export interface CountQuestion {
  readonly title: string;
  readonly prompt: string;
  readonly value: number;
}

/** A whole number of 1 or more; undefined if the user cancels. */
export async function askCount({ title, prompt, value }: CountQuestion): Promise<number | undefined> {
  const typed = await askText({
    title,
    prompt,
    value: String(value),
    validateInput: (text) => (countOf(text) === undefined ? "Type a whole number of 1 or more, such as 1000 or 1e6." : undefined),
  });
  return typed === undefined ? undefined : countOf(typed);
}

/** An expression in the file's language; undefined if the user cancels. */
export async function askExpression(title: string, prompt: string): Promise<string | undefined> {
  return askText({
    title,
    prompt,
    validateInput: (text) => (text.trim() === "" ? "Type an expression, such as value > 3." : undefined),
  });
}

interface Way extends QuickPickItem {
  readonly does: NewBreakpoint["kind"];
}

const ways: readonly Way[] = [
  { label: "Is resumed", description: "before the step", does: "resumed" },
  { label: "Yields", does: "yielded" },
  { label: "Returns", does: "returned" },
  { label: "Throws", does: "threw" },
  { label: "Yields, and a condition is true", description: "an expression in the file's language", does: "condition" },
];

/**
 * A breakpoint on switches: the task, the event, and a condition; undefined if the user cancels.
 *
 * @param names the names of the session's tasks
 */
export async function askBreakpoint(names: readonly string[]): Promise<NewBreakpoint | undefined> {
  const title = "Add breakpoint";
  const anyTask: QuickPickItem = { label: "Any task" };
  const tasks: QuickPickItem[] = [...new Set(names)].map((label) => ({ label }));
  const task = await askOne([anyTask, ...tasks], { title, placeHolder: "Pause when which task…" });
  if (!task) return undefined;
  const name = task === anyTask ? "any task" : task.label;
  const way = await askOne(ways, { title, placeHolder: `Pause when ${name}…` });
  if (!way) return undefined;
  const wanted: NewBreakpoint = { kind: way.does, ...(task === anyTask ? {} : { task: task.label }) };
  if (way.does !== "condition") return wanted;
  const expression = await askExpression(title, "An expression evaluated after each yield; `value` is the yielded value.");
  return expression === undefined ? undefined : { ...wanted, expression };
}
