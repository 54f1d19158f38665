/**
 * The tasks of the session, as the objects that they are.
 */
import { types } from "node:util";
import { RequestError } from "./failures";
import { apply, isAsyncGenerator, resume } from "./intrinsics";
import { generatorName } from "./mirror";
import { className, ownData, ownName } from "./names";
import { preview } from "./preview";

export type Resume = (value?: unknown) => IteratorResult<unknown>;

export interface RunnerTask {
  readonly iterator: object;
  /** To be applied to the iterator. */
  readonly next: Resume;
  /** Where it is suspended: the number of a yield point, 0 where that is not known. */
  point: number;
  state: "created" | "suspended" | "over";
  /** What it yielded, returned or threw last. */
  value: unknown;
}

/**
 * A task of what the user's call gave.
 *
 * @throws RequestError with code `not-a-generator`
 */
export function createTask(given: unknown): RunnerTask {
  if (types.isGeneratorObject(given) && !isAsyncGenerator(given)) return task(given, resume.next as Resume);
  if (typeof given !== "object" || given === null || types.isProxy(given) || isAsyncGenerator(given)) throw notGenerator(given);
  const next = (given as { next?: unknown }).next;
  if (typeof next !== "function") throw notGenerator(given);
  return task(given, checked(next as Resume));
}

/** The generator function's name; of another iterator the name of its class. */
export function taskName(iterator: object): string {
  if (types.isGeneratorObject(iterator)) return generatorName(iterator) ?? "generator";
  const name = className(iterator);
  return name === undefined || name === "Object" ? "iterator" : name;
}

/** The method `throw` or `return`, where the iterator has it. */
export function methodOf({ iterator }: RunnerTask, method: "throw" | "return"): Resume | undefined {
  if (types.isGeneratorObject(iterator)) return resume[method] as Resume;
  const own = (iterator as Record<string, unknown>)[method];
  return typeof own === "function" ? checked(own as Resume) : undefined;
}

function task(iterator: object, next: Resume): RunnerTask {
  return { iterator, next, point: 0, state: "created", value: undefined };
}

/** Generators always give an object; other iterators have to be watched. */
function checked(method: Resume): Resume {
  return function (this: unknown, value?: unknown) {
    const result = apply(method, this, value === undefined ? [] : [value]) as unknown;
    if ((typeof result === "object" || typeof result === "function") && result !== null) return result as IteratorResult<unknown>;
    throw new TypeError(`Iterator result ${preview(result)} is not an object`);
  };
}

function notGenerator(given: unknown): RequestError {
  const message = `The call gives no generator but ${preview(given).slice(0, 100)}.`;
  return new RequestError({ code: "not-a-generator", message, remedy: remedyFor(given) });
}

function remedyFor(given: unknown): string {
  if (types.isGeneratorFunction(given) && !types.isAsyncFunction(given)) {
    const name = ownName(given) ?? "it";
    return `This is the generator function itself: call it, as in ${name}(…).`;
  }
  if (isAsyncThing(given))
    return "Async generators and promises are not supported: the scheduler resumes synchronous generators.";
  if (typeof given === "object" && given !== null && !types.isProxy(given) && hasIterator(given)) {
    return "It can be iterated: add [Symbol.iterator]() to the call.";
  }
  return "Write a call of a generator function, or another expression that gives a generator or an iterator.";
}

function isAsyncThing(given: unknown): boolean {
  if (typeof given === "function") return types.isAsyncFunction(given);
  return (
    types.isPromise(given) || (typeof given === "object" && given !== null && !types.isProxy(given) && isAsyncGenerator(given))
  );
}

function hasIterator(given: object): boolean {
  let holder: object | null = given;
  for (let depth = 0; holder && depth < 5; depth += 1) {
    if (typeof ownData(holder, Symbol.iterator) === "function") return true;
    holder = Reflect.getPrototypeOf(holder);
  }
  return false;
}
