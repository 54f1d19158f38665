/**
 * The graph of states as the panel shows it.
 */
import type { StatePoint } from "../../core/explore/graph/stateGraph";
import type { PlacedTask, ShownStates } from "../../protocol/exploration";
import { OrderError } from "../common/errors";
import { GraphRun, graphStateOf } from "./graphRun";
import { endText } from "./outcomeText";
import { scheduleOf } from "./report";
import { type Exploring, reportIn } from "./searchState";

/** The longest text about an end. */
const mostCharacters = 200;

/** Makes the graph, if there is one and it is not made already. Resolves when that is over. */
export async function makeGraph(exploring: Exploring, changed: () => void): Promise<void> {
  const status = graphStateOf(exploring)?.status;
  if (status !== "offered" && status !== "cancelled") return;
  exploring.graph = new GraphRun(exploring.search, changed);
  await exploring.graph.run();
}

/** @throws OrderError if the graph is not made */
export function shownStates(exploring: Exploring | undefined): ShownStates {
  const run = madeIn(exploring);
  return {
    points: run.graph.points.map((point) => {
      const { fate, isLastChance, steps, end } = point;
      const shown = { fate, isLastChance, steps, tasks: tasksAt(run, point) };
      return end ? { ...shown, end: { text: endIn(exploring, run.outcomes[end.outcome]?.key), orders: end.orders } } : shown;
    }),
    edges: [...run.graph.edges],
  };
}

/** How the orders of an outcome ended. */
function endIn(exploring: Exploring | undefined, key: string | undefined): string {
  const at = exploring?.search.result?.outcomes.findIndex((met) => met.key === key) ?? -1;
  const report = exploring && reportIn(exploring)?.outcomes[at];
  return report ? endText(report).slice(0, mostCharacters) : "";
}

/** The steps that lead to a point of the graph, with a name for them. */
export interface WayToState {
  readonly text: string;
  readonly name: string;
  readonly steps: number;
}

/**
 * The way to a point of the graph. The last slice is left out if it does not give back control, or ends the process.
 *
 * @throws OrderError if there is no such point
 */
export function wayTo(exploring: Exploring | undefined, at: number): WayToState {
  const run = madeIn(exploring);
  const point = run.graph.points[at];
  if (!point) throw new OrderError("There is no such state any more.", "Choose another one.");
  const { steps, through, end } = point;
  const { by } = (end && run.outcomes[end.outcome]?.outcome.failing) ?? {};
  const made = by === "hung" || by === "died" ? steps - 1 : steps;
  const places = tasksAt(run, point).map(({ name, is, point: place }) => `${name} ${place ? `at ${place.line}` : is}`);
  return {
    text: scheduleOf(run.search.program, run.search.question, through.picks.slice(0, made)),
    name: `State: ${places.join(", ")}`,
    steps: made,
  };
}

function tasksAt({ states, outcomes }: GraphRun, { state, through }: StatePoint): PlacedTask[] {
  const named = outcomes[through.outcome]?.outcome.tasks ?? [];
  return (states[state] ?? []).map((task, id) => ({ name: named[id]?.name ?? `task ${id}`, ...task }));
}

function madeIn(exploring: Exploring | undefined): GraphRun & { readonly graph: NonNullable<GraphRun["graph"]> } {
  const run = exploring?.graph;
  if (!run?.graph || run.state.status !== "made") throw new OrderError("There is no graph of states.", "Explore first.");
  return run as ReturnType<typeof madeIn>;
}
