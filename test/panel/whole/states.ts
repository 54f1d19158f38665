/**
 * The main states of the panel, each as a view and a host: what must hold of the page as a whole is tested in all of them.
 */
import type { TaskRow, View } from "../../../src/protocol/panel";
import { answerRows, Panel } from "../browser";
import { searching } from "../explore/searches";
import { observed } from "../observedViews";
import { answerOrder, branches, ordered } from "../order/ordered";
import { breakpoints, empty, file, view, watches } from "../recorded";
import type { Answer } from "../runs";
import { answerWaits, deadlockView } from "../waiting/waitingViews";

interface State {
  readonly view: View;
  readonly answer: Answer;
  /** The sections that are opened. */
  readonly open?: readonly string[];
}

const address = "https://example.com/archive/of/everything/that/was/ever/ordered";

/** Tasks whose calls are long, and differ only near their ends. */
export function manyTasks(count: number): TaskRow[] {
  return Array.from({ length: count }, (_, id) => ({
    id,
    name: id === 0 ? "worker" : `worker #${id + 1}`,
    call: `worker(queue, "${address}", ${id + 1})`,
    state: id % 7 === 6 ? "returned" : "ready",
    stack: id % 7 === 6 ? [] : [{ file, line: 18 + id, column: 7, function: "worker" }],
    value: `{ url: "${address}", part: ${id} }`,
    steps: 1_000 * id,
    micros: 1_234.5 * id,
  }));
}

const failure: View["notice"] = {
  severity: "error",
  message: "The process ended with exit code 1.",
  detail: `Error: ${address}\n    at worker (counter-and-bogosort.ts:18:7)`,
  actions: ["restart", "showSource"],
};
const result = { task: 2, step: 3, value: `"${address}"` };

const deadlocked = deadlockView();
const past = ordered({
  cursor: 121,
  branches,
  result,
  watches,
  notice: { severity: "warning", message: "Slow.", actions: ["stop"] },
});

/** The states by their names. */
export const states: Record<string, State> = {
  empty: { view: empty(), answer: answerRows(0) },
  loading: { view: { ...empty(), status: "loading", file }, answer: answerRows(0) },
  begun: {
    view: view(0, { tasks: view(0).tasks.map((task) => ({ ...task, state: "created", stack: [] })) }),
    answer: answerRows(0),
  },
  paused: { view: ordered({ branches, breakpoints, watches }), answer: answerOrder(), open: ["Schedule", "Breakpoints"] },
  past: { view: past, answer: answerOrder() },
  running: { view: view(128, { status: "running", speed: 9 }), answer: answerRows(128) },
  waiting: { view: deadlocked, answer: answerWaits(deadlocked.head) },
  finished: { view: view(128, { status: "finished", result, next: undefined }), answer: answerRows(128) },
  failed: { view: view(128, { status: "failed", notice: failure, next: undefined }), answer: answerRows(128) },
  exploring: {
    view: searching({ status: "searching" }),
    answer: answerRows(128),
    open: ["Orders"],
  },
  observed: { view: observed(), answer: answerRows(128) },
  "thirty tasks": { view: view(128, { tasks: manyTasks(30), next: 1 }), answer: answerRows(128) },
};

/** Opens a panel in a state, with its sections as they are named. */
export async function openedIn(name: string, size: { width: number; height: number }): Promise<Panel> {
  const { view, answer, open = [] } = states[name] as State;
  const panel = await Panel.open(size);
  panel.answer = answer;
  await panel.say({ type: "view", view });
  for (const title of open) {
    const button = panel.page.getByRole("button", { name: title, exact: true });
    if ((await button.getAttribute("aria-expanded")) === "false") await button.click();
  }
  if (view.head > 1) await panel.page.locator(`#switch-${view.cursor - 1} .what`).waitFor();
  return panel;
}
