/**
 * What tasks delegate to: each step of a task that is then suspended in another function than its own belongs to that function, too. It is
 * computed from the innermost yield points, which every trace has.
 */
import { functionOf, type Task } from "../task";
import { type StepChunk, stepEvents, type YieldPoint } from "../trace/trace";
import { mostDelegates } from "./blocks";
import type { Delegate } from "./level";

/** Keys are task numbers and, from the largest one down, the delegates. */
const lastKey = 0xffff;

/** The largest number of tasks beside which delegates have keys. */
export const mostWithDelegates = lastKey + 1 - mostDelegates;

const yielded = stepEvents.indexOf("yielded");

interface Keyed {
  readonly keys: Uint16Array;
  /** How many steps have a key. */
  length: number;
}

export class Delegates {
  /** In the order in which they were first suspended. */
  readonly found: Delegate[] = [];
  readonly #keys = new Map<number, Map<string, number>>();
  /** The keys by task and yield point, as far as they have been needed. */
  readonly #known: number[][] = [];
  readonly #chunks = new WeakMap<Uint16Array, Keyed>();

  /**
   * @param tasks at most `mostWithDelegates`; more may be added later
   * @param wanted the functions whose tasks are looked at
   */
  constructor(
    readonly trace: { readonly points: readonly YieldPoint[] },
    readonly tasks: readonly Task[],
    readonly wanted: ReadonlySet<string>,
  ) {}

  /** The keys of the steps of a chunk, valid up to an index. */
  of(chunk: StepChunk, to: number): Uint16Array {
    const { task, event, point } = chunk;
    const known = this.#chunks.get(task) ?? { keys: new Uint16Array(task.length), length: 0 };
    this.#chunks.set(task, known);
    const { keys } = known;
    for (; known.length < to; known.length += 1) {
      const at = known.length;
      const of = task[at] as number;
      const number = point[at] as number;
      keys[at] = event[at] === yielded ? (this.#known[of]?.[number] ?? this.#learn(of, number)) : of;
    }
    return keys;
  }

  /** The keys of all steps of a task. */
  ofTask(task: number): number[] {
    return [task, ...(this.#keys.get(task)?.values() ?? [])];
  }

  /** The key of a delegate; none if it is not known. */
  ofDelegate(task: number, name: string): number[] {
    const key = this.#keys.get(task)?.get(name);
    return key === undefined ? [] : [key];
  }

  #learn(task: number, point: number): number {
    const known = this.#known[task] ?? [];
    this.#known[task] = known;
    const key = this.#keyOf(task, point);
    known[point] = key;
    return key;
  }

  #keyOf(task: number, point: number): number {
    const own = this.#ownOf(task);
    const name = this.trace.points[point - 1]?.function ?? own;
    if (own === undefined || name === undefined || name === own) return task;
    const keys = this.#keys.get(task) ?? new Map<string, number>();
    const known = keys.get(name);
    if (known !== undefined || this.found.length === mostDelegates) return known ?? task;
    const key = lastKey - this.found.length;
    this.found.push({ task, function: name });
    this.#keys.set(task, keys.set(name, key));
    return key;
  }

  /** A task's own function; undefined if its delegates are not wanted. */
  #ownOf(id: number): string | undefined {
    const task = this.tasks[id];
    const name = task && functionOf(task);
    return name !== undefined && this.wanted.has(name) ? name : undefined;
  }
}
