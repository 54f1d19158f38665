/**
 * The tasks of the session. The data that a context switch needs is kept in columns: even for thousands of tasks, they fit in the
 * processor's cache, which objects would not.
 */
import { types } from "node:util";
import { generatorName } from "../engine/inspector";
import { apply, getOwnPropertyDescriptor, getPrototypeOf, isAsyncGenerator, resume, resumeAsync } from "../engine/intrinsics";
import { className, ownData, ownName } from "../engine/names";
import type { SuspendedFrame } from "../inspect/frames";
import { progressOf } from "../inspect/progress";
import { anonymous } from "../load/functionName";
import { Thread } from "../load/threads/thread";
import { RequestError } from "../values/failures";
import { preview } from "../values/preview";

export type Resume = (value?: unknown) => IteratorResult<unknown>;

const promisePrototype = Promise.prototype;
const { then } = promisePrototype;

const threadNext: Resume = Thread.prototype.next;
const asyncNext = resumeAsync.next as unknown as Resume;

/** Whether a task with this `next` method is an async generator, whose results are promises. */
export function isAsync(next: Resume | undefined): boolean {
  return next === asyncNext;
}

/** Codes of task states. A `begun` task is suspended too, but was not resumed as a task yet: user code resumed it before. */
export const taskState = { created: 0, suspended: 1, over: 2, begun: 3 } as const;

/** The data of all tasks, indexed by task number. */
export class TaskColumns {
  readonly iterators: object[] = [];
  /** The `next` method for each iterator. */
  readonly nexts: Resume[] = [];
  /** The last value that each task yielded, returned or threw. */
  readonly values: unknown[] = [];
  /** The number of the yield point at which each task is suspended; 0 if it is unknown. */
  points = new Uint16Array(16);
  /** Codes of `taskState`. */
  states = new Uint8Array(16);

  /** Adds a task for an iterator. Numbers ascend; a number that is skipped has no task. */
  add(id: number, iterator: object, next: Resume): void {
    if (id >= this.points.length) this.#widen(id);
    while (this.values.length < id) this.#put(this.values.length, nobody, nobody.next);
    this.#put(id, iterator, next);
  }

  /** Marks a task whose generator was resumed before it became a task. @param point where it is suspended */
  begun(id: number, point: number): void {
    this.states[id] = taskState.begun;
    this.points[id] = point;
  }

  /** The number of the next task. */
  get length(): number {
    return this.values.length;
  }

  /** Whether there is a task with this number that has not ended. */
  canRun(id: number): boolean {
    return id < this.values.length && this.states[id] !== taskState.over;
  }

  /** Removes all tasks. */
  clear(): void {
    empty(this.iterators);
    empty(this.nexts);
    empty(this.values);
  }

  #put(id: number, iterator: object, next: Resume): void {
    this.iterators[id] = iterator;
    this.nexts[id] = next;
    this.values[id] = undefined;
    this.points[id] = 0;
    this.states[id] = next === nobody.next ? taskState.over : taskState.created;
  }

  #widen(id: number): void {
    const { points, states } = this;
    this.points = new Uint16Array(Math.max(id + 1, 2 * points.length));
    this.states = new Uint8Array(this.points.length);
    this.points.set(points);
    this.states.set(states);
  }
}

/** Removes all elements. Unlike setting `length`, this keeps the memory for others. */
export function empty(items: unknown[]): void {
  while (items.length > 0) items.pop();
}

/** Fills the gaps in a column, because the engine is slow with arrays that have holes. */
const nobody = { next: (): IteratorResult<unknown> => ({ done: true, value: undefined }) };

/** One task, as a view of the columns. */
export class RunnerTask {
  /** @param next a method to be applied to the iterator */
  constructor(
    readonly columns: TaskColumns,
    readonly id: number,
    readonly iterator: object,
    readonly next: Resume,
  ) {
    columns.add(id, iterator, next);
  }

  /** The number of the yield point at which it is suspended; 0 if it is unknown. */
  get point(): number {
    return this.columns.points[this.id] as number;
  }

  /** A code of `taskState`. */
  get state(): number {
    return this.columns.states[this.id] as number;
  }

  /** The last value that it yielded, returned or threw. */
  get value(): unknown {
    return this.columns.values[this.id];
  }
}

/** What can be seen of a task. */
export type SeenTask = Pick<RunnerTask, "id" | "iterator" | "point" | "state" | "value">;

/**
 * Creates a task from the value of the user's call.
 *
 * @param frames the generator's frames, if it is in the user's files. They show whether user code has already resumed it
 * @throws RequestError with code `not-a-generator`, or `call` if the generator can no longer become a task
 */
export function createTask(columns: TaskColumns, id: number, given: unknown, frames: readonly SuspendedFrame[]): RunnerTask {
  const next = nextOf(given);
  const iterator = given as object;
  const generator = generatorOf(iterator);
  if (
    columns.iterators.includes(iterator) ||
    (generator !== iterator && columns.iterators.some((each) => generatorOf(each) === generator))
  ) {
    throw spent(`is already the task "${taskName(generator)}": an object can be only one task`);
  }
  const progress = progressOf(generator, frames[0]);
  if (progress === "running") throw spent("is running: it was interrupted, or made this call itself");
  if (progress === "over") throw spent("has already ended: it returned, threw or was closed before it became a task");
  const task = new RunnerTask(columns, id, iterator, next);
  if (progress === "suspended") columns.begun(id, frames.at(-1)?.point ?? 0);
  return task;
}

/** What the user's code has of a task. */
function generatorOf(iterator: object): object {
  return iterator instanceof Thread && !iterator.isCall ? iterator.generator : iterator;
}

function spent(state: string): RequestError {
  const remedy = "Write a call that returns a new generator.";
  return new RequestError({ code: "call", message: `The call returned a generator that ${state}.`, remedy });
}

/**
 * The method that resumes what a call has given.
 *
 * @throws RequestError with code `not-a-generator`
 */
export function nextOf(given: unknown): Resume {
  if (given instanceof Thread) return threadNext;
  if (types.isGeneratorObject(given)) return isAsyncGenerator(given) ? asyncNext : (resume.next as Resume);
  if (typeof given !== "object" || given === null || types.isProxy(given)) throw notGenerator(given);
  const next = (given as { next?: unknown }).next;
  if (typeof next !== "function") throw notGenerator(given);
  return checked(next as Resume);
}

/** Handles a rejection of a promise that nobody will await, so that it does not end the process. */
export function dismiss(given: unknown): void {
  const isPlain =
    types.isPromise(given) && getPrototypeOf(given) === promisePrototype && !getOwnPropertyDescriptor(given, "constructor");
  if (isPlain) apply(then, given, [undefined, () => undefined]);
}

/** The generator function's name or, for another iterator, the name of its class. */
export function taskName(iterator: object): string {
  if (iterator instanceof Thread) return iterator.name ?? taskName(iterator.generator);
  if (types.isGeneratorObject(iterator)) return generatorName(iterator) ?? anonymous;
  const name = className(iterator);
  return name === undefined || name === "Object" ? "iterator" : name;
}

/** The method `throw` or `return` of a task's iterator, if it has one. */
export function methodOf({ columns, id }: RunnerTask, method: "throw" | "return"): Resume | undefined {
  return methodIn(columns, id, method);
}

/** The same for a task number. The methods of an async generator return promises. */
export function methodIn({ iterators, nexts }: TaskColumns, id: number, method: "throw" | "return"): Resume | undefined {
  const iterator = iterators[id] as object;
  if (isAsync(nexts[id])) return resumeAsync[method] as unknown as Resume;
  if (types.isGeneratorObject(iterator)) return resume[method] as Resume;
  const own = (iterator as Record<string, unknown>)[method];
  return typeof own === "function" ? checked(own as Resume) : undefined;
}

/** Wraps the method of an iterator in a check of its result. Generators always return objects, so they need no check. */
function checked(method: Resume): Resume {
  return function (this: unknown, value?: unknown) {
    const result = apply(method, this, value === undefined ? [] : [value]) as unknown;
    if ((typeof result === "object" || typeof result === "function") && result !== null) return result as IteratorResult<unknown>;
    throw new TypeError(`Iterator result ${preview(result)} is not an object`);
  };
}

function notGenerator(given: unknown): RequestError {
  dismiss(given);
  const message = `The call returned ${preview(given).slice(0, 100)}, which is not a generator.`;
  return new RequestError({ code: "not-a-generator", message, remedy: remedyFor(given) });
}

function remedyFor(given: unknown): string {
  if (types.isGeneratorFunction(given)) {
    const name = ownName(given) ?? "it";
    return `This is the generator function itself: call it, as in ${name}(…).`;
  }
  if (isAsyncFunctions(given))
    return "An async function runs by itself, so a scheduler cannot resume it: write an async generator (async function*) that yields.";
  if (typeof given === "object" && given !== null && !types.isProxy(given) && hasIterator(given)) {
    return "It can be iterated: add [Symbol.iterator]() to the call.";
  }
  return "Call a generator function, or write another expression that returns a generator or an iterator.";
}

/** Whether the value is an async function, or a promise, as the call of one returns. */
function isAsyncFunctions(given: unknown): boolean {
  return typeof given === "function" ? types.isAsyncFunction(given) : types.isPromise(given);
}

function hasIterator(given: object): boolean {
  let holder: object | null = given;
  for (let depth = 0; holder && depth < 5; depth += 1) {
    if (typeof ownData(holder, Symbol.iterator) === "function") return true;
    holder = Reflect.getPrototypeOf(holder);
  }
  return false;
}
