// All states of a program, by brute force, and whether its orders can go round in a loop.
import type { SeenProgram } from "../../../../src/core/explore/loops/loopingProgram";

export interface State {
  readonly ready: readonly number[];
  /** The outcome, where nobody is ready. */
  readonly outcome: string | undefined;
  /** The state to which each ready task leads. */
  readonly next: Map<number, string>;
}

/** All states that any order comes to. @param program all of its state is seen */
export function statesOf(program: SeenProgram & { readonly outcomes: readonly string[] }): Map<string, State> {
  const states = new Map<string, State>();
  const visit = (picks: readonly number[]): string => {
    program.begin();
    for (const task of picks) program.resume(task);
    const key = program.state() as string;
    if (states.has(key)) return key;
    const ready = [...program.ready];
    const outcome = ready.length > 0 ? undefined : program.outcomes[program.outcome(false)];
    const state: State = { ready, outcome, next: new Map() };
    states.set(key, state);
    for (const task of ready) state.next.set(task, visit([...picks, task]));
    return key;
  };
  visit([]);
  return states;
}

/** Whether an order can go on for ever and let everybody run who is ready all the time. */
export function canLoop(states: ReadonlyMap<string, State>): boolean {
  const reached = (from: string): Set<string> => {
    const met = new Set<string>();
    const left = [...(states.get(from) as State).next.values()];
    for (let key = left.pop(); key !== undefined; key = left.pop()) {
      if (met.has(key)) continue;
      met.add(key);
      left.push(...(states.get(key) as State).next.values());
    }
    return met;
  };
  const reach = new Map([...states.keys()].map((key) => [key, reached(key)]));
  return [...states.keys()].some((key) => {
    if (!reach.get(key)?.has(key)) return false;
    const component = [...states].filter(([other]) => reach.get(key)?.has(other) && reach.get(other)?.has(key));
    const inside = new Set(component.map(([other]) => other));
    const always = (states.get(key) as State).ready.filter((task) => component.every(([, { ready }]) => ready.includes(task)));
    return always.every((task) => component.some(([, { next }]) => inside.has(next.get(task) ?? "")));
  });
}
