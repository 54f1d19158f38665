/**
 * The tasks of an observed program. None is kept alive: the program decides how long a generator exists.
 */
import { weakMap } from "../engine/intrinsics";
import { taskState } from "../execute/tasks";

const { WeakRef: Reference } = globalThis;
const { deref } = Reference.prototype;

/** What is known about a generator. It exists as long as the generator. */
export class Seen {
  /** A code of `taskState`. */
  state: number = taskState.created;
  /** The number of the yield point at which it is suspended; 0 if it is unknown. */
  point = 0;
  /** The last value that it yielded, returned or threw. */
  value: unknown = undefined;
  /** Its last wait, if that is known; until it goes on. */
  wait: Wait | undefined;
  /** Whether it may have waited, so that it matters when it goes on. */
  hasWaited = false;

  /**
   * @param id the number of the task; -1 if it is none
   * @param observed the task, if it is one
   * @param isAsync whether it is a call of an async function
   * @param isAlways whether it is resumed as a task even where something iterates over it
   */
  constructor(
    readonly id: number,
    readonly observed?: ObservedTask,
    readonly isAsync = false,
    readonly isAlways = false,
  ) {}

  /** Stores that it is suspended. @param point 0 to keep the previous one */
  suspended(value: unknown, point: number): void {
    this.state = taskState.suspended;
    this.value = value;
    if (point !== 0) this.point = point;
  }

  /** Stores that it has ended. */
  ended(value: unknown): void {
    this.state = taskState.over;
    this.value = value;
    this.point = 0;
  }
}

/** Of a task. It keeps neither the task alive nor what that waits for. */
export class Wait {
  readonly task: number;
  readonly observed: ObservedTask;
  isOver = false;

  /** @param left how many parts have to be served */
  constructor(
    { id, observed }: Seen,
    public left: number,
  ) {
    this.task = id;
    this.observed = observed as ObservedTask;
  }
}

/** Stands for what no call resumes any more: a generator that is iterated over, or does not exist. */
export const never = new Seen(-1);
never.ended(undefined);

/** Stands for a generator that has begun in another way than as a task. */
export const begun = new Seen(-1);

const generators = weakMap<Seen>();

/** What is known about a generator, if anything. */
export const seenOf: (generator: object) => Seen | undefined = generators.get;

/** Stores what is known about a generator from now on. */
export const markSeen: (generator: object, as: Seen) => void = generators.set;

/** One task of an observed program, as the runner sees it. */
export class ObservedTask {
  readonly #generator: WeakRef<object>;

  constructor(
    readonly id: number,
    generator: object,
  ) {
    this.#generator = new Reference(generator);
  }

  /** The generator, or an object without any state if it does not exist any more. */
  get iterator(): object {
    return (Reflect.apply(deref, this.#generator, []) as object | undefined) ?? gone;
  }

  get point(): number {
    return this.seen.point;
  }

  get state(): number {
    return this.seen.state;
  }

  get value(): unknown {
    return this.seen.value;
  }

  /** What is known about the generator. */
  get seen(): Seen {
    return seenOf(this.iterator) ?? never;
  }
}

/** Stands for a generator that does not exist any more. */
const gone: object = {};
