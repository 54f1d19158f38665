/**
 * Graphs of states as a session sends them, made of simulated programs.
 */
import { type RunOrder, StateGraphMaker } from "../../../src/core/explore/graph/stateGraph";
import type { PlacedTask, ShownStates } from "../../../src/protocol/exploration";
import { deposit, everyOrder, type Script, Simulated } from "../../unit/core/explore/simulated";

const names = ["deposit", "deposit #2", "<b>third</b>"];

/** @param fails whether an order fails, by the variable at its end */
export function graphOf(scripts: readonly Script[], fails: (value: number) => boolean): ShownStates {
  const program = new Simulated(scripts);
  const states: PlacedTask[][] = [];
  const numbers = new Map<string, number>();
  const stateNow = () => {
    const key = program.places.join();
    const number = numbers.get(key) ?? states.push(program.places.map(placed)) - 1;
    numbers.set(key, number);
    return number;
  };
  const maker = new StateGraphMaker();
  for (const { picks } of everyOrder(program, 40)) {
    program.begin();
    const at = [stateNow()];
    for (const task of picks) {
      program.resume(task);
      at.push(stateNow());
    }
    const order: RunOrder = { picks, states: at, outcome: program.value, isFailing: fails(program.value) };
    maker.add(order);
  }
  const graph = maker.graph();
  if (!graph) throw new Error("The graph is too large.");
  return {
    points: graph.points.map(({ state, fate, isLastChance, steps, end }) => ({
      fate,
      isLastChance,
      steps,
      tasks: states[state] ?? [],
      ...(end
        ? {
            end: {
              orders: end.orders,
              text: fate === "failing" ? "the check does not hold: account === 2" : "all tasks have ended",
            },
          }
        : {}),
    })),
    edges: [...graph.edges],
  };
}

function placed(place: string, task: number): PlacedTask {
  const name = names[task] ?? `task ${task}`;
  if (place === "over") return { name, is: "over" };
  const slices = Number.parseInt(place, 10);
  if (slices === 0) return { name, is: "created" };
  const point = { file: "/project/src/tasks.ts", line: 4 + slices, column: 3, function: "deposit" };
  return { name, is: place.endsWith("waits") ? "blocked" : "ready", point };
}

/** Two deposits, of which one is lost in 12 of 20 orders. */
export const deposits = graphOf([deposit, deposit], (value) => value !== 2);

/** Three deposits, one of them without a yield between reading and writing: a graph that is not easy to draw. */
export const threeTasks = graphOf([deposit, deposit, [[...(deposit[0] ?? []), ...(deposit[1] ?? [])]]], (value) => value !== 3);

/** A task that looks again and again, until another one has set a flag. */
export const looping: ShownStates = {
  points: [
    { fate: "good", isLastChance: false, steps: 0, tasks: [placed("0", 0), placed("0", 1)] },
    { fate: "good", isLastChance: false, steps: 1, tasks: [placed("1", 0), placed("0", 1)] },
    { fate: "good", isLastChance: false, steps: 1, tasks: [placed("0", 0), placed("over", 1)] },
    { fate: "good", isLastChance: false, steps: 2, tasks: [placed("1", 0), placed("over", 1)] },
    {
      fate: "good",
      isLastChance: false,
      steps: 2,
      tasks: [placed("over", 0), placed("over", 1)],
      end: { text: "all tasks have ended", orders: 7 },
    },
  ],
  edges: [
    { from: 0, task: 0, to: 1 },
    { from: 0, task: 1, to: 2 },
    { from: 1, task: 0, to: 1 },
    { from: 1, task: 1, to: 3 },
    { from: 2, task: 0, to: 4 },
    { from: 3, task: 0, to: 1 },
    { from: 3, task: 0, to: 4 },
  ],
};
