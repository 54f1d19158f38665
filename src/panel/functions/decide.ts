/**
 * What the user can decide about a function of an observed program, in words.
 */
import type { Decision } from "../../core/decisions";
import { functionOf } from "../../core/task";
import type { TaskRow } from "../../protocol/panel";
import type { MenuItem } from "../common/menu";
import type { Store } from "../model/store";
import type { Shown } from "../text/format";
import { oneLine } from "../text/text";

/** How a function counts: as decided, or as usual. */
export type Counts = Decision | "usual";

export const countsText: Readonly<Record<Counts, { readonly text: string; readonly meaning: string }>> = {
  usual: { text: "when called", meaning: "is a task when a call such as next resumes its generator" },
  always: { text: "always", meaning: "is a task even where something iterates over its generator" },
  never: { text: "never", meaning: "is no task: what it does belongs to whoever resumes it" },
};

export function countsOf({ functions }: Shown, name: string): Counts {
  return functions?.decided[name] ?? "usual";
}

export function decide(store: Store, name: string, counts: Counts): void {
  store.send({ type: "decide", function: name, ...(counts === "usual" ? {} : { decision: counts }) });
}

/** In the menu of a task. */
export function decisionItems(store: Store, view: Shown, task: TaskRow): MenuItem[] {
  const name = functionOf(task);
  const counts = countsOf(view, name);
  const item = (wanted: Decision, label: string, undone: string): MenuItem => ({
    label: counts === wanted ? undone : label,
    act: () => decide(store, name, counts === wanted ? "usual" : wanted),
  });
  const shown = oneLine(name);
  return [
    item("never", `Not a task: never count ${shown}`, `Count ${shown} as a task again`),
    item("always", `Count ${shown} also in plain iteration`, `Count ${shown} only when it is called`),
  ];
}
