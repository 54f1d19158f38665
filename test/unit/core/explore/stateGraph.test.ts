// The graph of states: compared with what is known of small programs, and with brute force on programs that are drawn at random.
import assert from "node:assert/strict";
import fc from "fast-check";
import { type RunOrder, type StateGraph, StateGraphMaker, type StatePoint } from "../../../../src/core/explore/graph/stateGraph";
import { anyScripts, deposit, everyOrder, idle, type Script, Simulated } from "./simulated";

const limit = 12;

/** All orders of a program, with its states by numbers. @param fails whether an order fails, by the variable at its end */
function ordersOf(scripts: readonly Script[], fails: (value: number) => boolean): RunOrder[] {
  const program = new Simulated(scripts);
  const numbers = new Map<string, number>();
  const stateNow = () => {
    const key = program.places.join(" ");
    const number = numbers.get(key) ?? numbers.size;
    numbers.set(key, number);
    return number;
  };
  return everyOrder(program, limit).map(({ picks }) => {
    program.begin();
    const states = [stateNow()];
    for (const task of picks) {
      program.resume(task);
      states.push(stateNow());
    }
    return { picks, states, outcome: program.value, isFailing: fails(program.value) };
  });
}

function graphOf(orders: readonly RunOrder[], most?: number): StateGraph | undefined {
  const maker = new StateGraphMaker(most);
  for (const order of orders) maker.add(order);
  return maker.graph();
}

/** All paths of an order: one task may lead from a point to several, as what has become of the variables decides. */
function pathsOf({ points, edges }: StateGraph, { picks, states }: RunOrder): number[][] {
  return picks.reduce<number[][]>(
    (paths, task, at) =>
      paths.flatMap((path) =>
        edges
          .filter((edge) => edge.from === path.at(-1) && edge.task === task && points[edge.to]?.state === states[at + 1])
          .map(({ to }) => [...path, to]),
      ),
    [[0]],
  );
}

describe("the graph of states", () => {
  it("has a point for every two positions of two tasks, and an edge for every step of one of them", () => {
    for (const [m, n] of [
      [1, 1],
      [2, 3],
      [4, 2],
    ] as const) {
      // A task with m slices is before the first of them, after each of them but the last, or over: m + 1 positions.
      const graph = graphOf(ordersOf([idle(m), idle(n)], () => false));
      assert.equal(graph?.points.length, (m + 1) * (n + 1));
      assert.equal(graph?.edges.length, m * (n + 1) + (m + 1) * n);
      assert.ok(graph?.points.every(({ fate, isLastChance }) => fate === "good" && !isLastChance));
    }
  });

  it("says of two deposits that no good end is left once both have read before either wrote", () => {
    const graph = graphOf(ordersOf([deposit, deposit], (value) => value !== 2)) as StateGraph;
    const at = (number: number) => {
      const { through, steps } = graph.points[number] as StatePoint;
      return through.picks.slice(0, steps).join("");
    };
    // Task 0 has read, or task 1 has: if the other one reads too, one deposit will be lost.
    const lastChances = graph.points.flatMap(({ isLastChance }, number) => (isLastChance ? [at(number)] : []));
    assert.deepEqual(lastChances.sort(), ["0", "1"]);
    const decisive = graph.edges.filter(
      ({ from, to }) => graph.points[from]?.fate === "open" && graph.points[to]?.fate === "failing",
    );
    assert.deepEqual(decisive.map(({ from, task }) => `${at(from)}${task}`).sort(), ["01", "10"]);
    assert.equal(new Set(decisive.map(({ to }) => to)).size, 1);
    const ends = graph.points.flatMap(({ end, fate }) => (end ? [[fate, end.orders]] : []));
    assert.deepEqual(ends.sort(), [
      ["failing", 12],
      ["good", 8],
    ]);
  });

  it("has every order as a path, and what it says of a point holds for every order that comes through", () => {
    fc.assert(
      fc.property(anyScripts, fc.integer({ min: 0, max: 3 }), (scripts, bad) => {
        const orders = ordersOf(scripts, (value) => value === bad);
        const graph = graphOf(orders, Number.POSITIVE_INFINITY) as StateGraph;
        const futures = new Map<string, Set<boolean>>();
        for (const { picks, isFailing } of orders) {
          for (let steps = 0; steps <= picks.length; steps += 1) {
            const way = picks.slice(0, steps).join(" ");
            futures.set(way, (futures.get(way) ?? new Set()).add(isFailing));
          }
        }
        const fateOf = (ends: ReadonlySet<boolean>) => (ends.size === 2 ? "open" : ends.has(true) ? "failing" : "good");
        for (const order of orders) {
          const fates = order.states.map((_, steps) =>
            fateOf(futures.get(order.picks.slice(0, steps).join(" ")) as Set<boolean>),
          );
          const isAsKnown = (path: readonly number[]) => path.every((point, steps) => graph.points[point]?.fate === fates[steps]);
          const paths = pathsOf(graph, order).filter(isAsKnown);
          assert.ok(paths.length > 0);
          assert.ok(paths.some((path) => graph.points[path.at(-1) as number]?.end?.outcome === order.outcome));
        }
        for (const { from, to } of graph.edges) {
          const [before, after] = [graph.points[from], graph.points[to]];
          if (before?.fate !== "open") assert.equal(after?.fate, before?.fate);
          if (before?.fate === "open" && after?.fate === "failing") assert.ok(before.isLastChance);
        }
        for (const [number, { through, steps, state }] of graph.points.entries()) {
          assert.equal(through.states[steps], state);
          // A point is below one from which it is reached.
          const before = graph.edges.filter(({ to }) => to === number).map(({ from }) => graph.points[from]?.steps ?? 0);
          assert.ok(steps === 0 || before.some((fewer) => fewer < steps));
        }
        const ended = graph.points.reduce((sum, { end }) => sum + (end?.orders ?? 0), 0);
        assert.equal(ended, orders.length);
      }),
    );
  });

  it("joins the rounds of a loop to a cycle", () => {
    // Two tasks that yield at one place again and again: before the loop, in it, after it.
    const orders = ordersOf([idle(4), idle(1)], () => false).map((order) => ({
      ...order,
      states: order.states.map((_, step) => {
        const [looped, other] = [0, 1].map((task) => order.picks.slice(0, step).filter((pick) => pick === task).length);
        return 10 * Math.min(1, looped ?? 0) + (looped === 4 ? 10 : 0) + (other ?? 0);
      }),
    }));
    const graph = graphOf(orders) as StateGraph;
    assert.equal(graph.points.length, 6);
    assert.equal(graph.edges.filter(({ from, to }) => from === to).length, 2);
    assert.ok(orders.every((order) => pathsOf(graph, order).length > 0));
  });

  it("gives up if there are too many points, or equal picks lead to different states", () => {
    const orders = ordersOf([idle(3), idle(3)], () => false);
    assert.equal(graphOf(orders, 16)?.points.length, 16);
    assert.equal(graphOf(orders, 15), undefined);
    const [first, second] = orders as [RunOrder, RunOrder];
    const maker = new StateGraphMaker();
    maker.add(first);
    maker.add({ ...second, states: second.states.map((state, step) => (step === 1 ? 99 : state)) });
    assert.equal(maker.hasDiffered, true);
    assert.equal(maker.graph(), undefined);
  });
});
