/**
 * The tasks of an observed program. None is kept alive: the program decides how long a generator exists.
 */
import { weakMap } from "../engine/intrinsics";
import { taskState } from "../execute/tasks";

const { WeakRef: Reference } = globalThis;
const { deref } = Reference.prototype;

/** What is known about a task. It exists as long as the task's generator. */
interface Known {
  readonly id: number;
  state: number;
  point: number;
  value: unknown;
}

/** Stands for a generator that does not exist any more. */
const gone: object = {};

const over: Known = { id: -1, state: taskState.over, point: 0, value: undefined };

/** The generators that are tasks. */
const known = weakMap<Known>();

/** One task of an observed program. */
export class ObservedTask {
  readonly #generator: WeakRef<object>;

  constructor(
    readonly id: number,
    generator: object,
  ) {
    this.#generator = new Reference(generator);
    known.set(generator, { id, state: taskState.created, point: 0, value: undefined });
  }

  /** The number of the task that a generator is; undefined if it is none. */
  static idOf(generator: object): number | undefined {
    return known.get(generator)?.id;
  }

  /** The generator, or an object without any state if it does not exist any more. */
  get iterator(): object {
    return (Reflect.apply(deref, this.#generator, []) as object | undefined) ?? gone;
  }

  /** The number of the yield point at which it is suspended; 0 if it is unknown. */
  get point(): number {
    return this.#known.point;
  }

  /** A code of `taskState`. */
  get state(): number {
    return this.#known.state;
  }

  /** The last value that it yielded, returned or threw. */
  get value(): unknown {
    return this.#known.value;
  }

  /** Stores that it is suspended. @param point 0 to keep the previous one */
  suspended(value: unknown, point: number): void {
    const known = this.#known;
    known.state = taskState.suspended;
    known.value = value;
    if (point !== 0) known.point = point;
  }

  /** Stores that it has ended. */
  ended(value: unknown): void {
    const known = this.#known;
    known.state = taskState.over;
    known.value = value;
    known.point = 0;
  }

  get #known(): Known {
    return known.get(this.iterator) ?? over;
  }
}
