/**
 * The functions of threads at run time. The code of a function of the user's is that of a generator within it. A call in the code of a thread
 * delegates to that generator, so the thread can be suspended within the call. Everybody else who calls the function, such as a
 * native one, has its result at once: then the generator yields no switch points.
 */
import { types } from "node:util";
import { reflect } from "../../engine/inspector";
import { apply, defineProperty, getPrototypeOf, isAsyncGenerator, resume, weakMap } from "../../engine/intrinsics";
import { switchPoint } from "../../values/switchPoints";
import { Delegation, delegate, mark } from "../pointMarks";
import { type Calling, withCallbacks } from "./arrayCallbacks";
import { threadNames } from "./names";
import { isDriven } from "./sources";

type Anything = (this: unknown, ...given: unknown[]) => unknown;
type Next = (this: object, value?: unknown) => IteratorResult<unknown>;

const next = resume.next as Next;
const functionSource = Function.prototype.toString;
const { call: functionCall, apply: functionApply } = Function.prototype;

/** Whether the function that is being called is to give its generator, and not its result. */
let isWanted = false;
/** Whether the generator that begins or goes on now is resumed by a thread. */
let isArmed = false;
/** What a function has given in place of its result: its generator. */
let given: object | undefined;
/** The result of the last call, or what the thread has to delegate to. */
let value: unknown;

/** In place of a result: the function has left its generator in `given`. */
const pending = Symbol("pending");

/** By the number of the yield point. */
const switches: symbol[] = [];

/** Adds a switch point. @param text in words */
export function addSwitch(point: number, text: string): void {
  switches[point] = switchPoint(text);
}

/** Whether the last thing before a suspension was a switch point. */
let isSwitched = false;

/**
 * Resumes the generator of a thread.
 *
 * @param arms whether what goes on is the code of a generator of the user's, and not what follows a switch point
 */
export function resumeThread(
  method: keyof typeof resume,
  generator: object,
  sent: unknown,
  arms: boolean,
): IteratorResult<unknown> {
  isArmed = arms;
  isSwitched = false;
  return apply(resume[method] as Next, generator, [sent]);
}

/** Whether the thread that was resumed last is at a switch point. */
export function isAtSwitch(): boolean {
  return isSwitched;
}

/** The code of a generator begins or goes on. @returns whether a thread has resumed it */
function resumed(): boolean {
  const was = isArmed;
  isArmed = false;
  return was;
}

/** Gives a generator function the name of the function beside it, which stacks show. */
function named(code: object, name: string): void {
  defineProperty(code, "name", { value: name });
}

function joined(first: ArrayLike<unknown>, second: ArrayLike<unknown>): unknown[] {
  const all: unknown[] = [];
  for (let at = 0; at < first.length; at += 1) all[at] = first[at];
  for (let at = 0; at < second.length; at += 1) all[first.length + at] = second[at];
  return all;
}

/** Calls a function. @returns whether the thread has to delegate to what `taken` gives; otherwise that is the result */
function called(isAware: boolean, on: unknown, fn: unknown, shown: string, ...args: unknown[]): boolean {
  if (typeof fn !== "function") throw new TypeError(`${shown} is not a function`);
  if (!isAware) {
    value = apply(fn as Anything, on, args);
    return false;
  }
  const isIndirect = (fn === functionCall || fn === functionApply) && typeof on === "function" && isOfThreads(on);
  if (!isIndirect) return begun(fn as Anything, on, args);
  const [receiver, ...others] = args;
  return begun(on as Anything, receiver, fn === functionCall ? others : listed(others[0]));
}

function begun(fn: Anything, on: unknown, args: readonly unknown[]): boolean {
  if (isOfThreads(fn)) return isPending(fn, on, args);
  const callback = args[0];
  const steps = typeof callback === "function" && isOfThreads(callback) ? withCallbacks(fn, on, args, calling) : undefined;
  value = steps ?? apply(fn, on, args);
  return steps !== undefined;
}

function isPending(fn: Anything, on: unknown, args: readonly unknown[]): boolean {
  let result: unknown;
  isWanted = true;
  try {
    result = apply(fn, on, args);
  } finally {
    isWanted = false; // it is still set where the stack is too deep for the call
  }
  if (result !== pending) {
    value = result;
    return false;
  }
  value = given;
  given = undefined;
  isArmed = true;
  return true;
}

const calling: Calling = {
  begin: (fn, on, args) => (isPending(fn, on, args) ? (taken() as object) : undefined),
  taken,
};

/** The arguments of `apply`. */
function listed(list: unknown): unknown[] {
  return list === undefined || list === null ? [] : joined(list as ArrayLike<unknown>, []);
}

/** What the last call has come to. */
function taken(): unknown {
  const last = value;
  value = undefined;
  return last;
}

/** The words of a switch point. */
function switchAt(point: number): symbol {
  mark(point, undefined);
  isSwitched = true;
  return switches[point] as symbol;
}

const known = weakMap<boolean>();

/** Whether a function has its code in a generator. A text shows it; a function that is called as an object of another kind has none. */
function isOfThreads(fn: object): boolean {
  const found = known.get(fn) ?? (!types.isProxy(fn) && isDriven(fn));
  known.set(fn, found);
  return found;
}

/** The same for a generator, by the prototype that it shares with all others of its function. */
export function isThreadsGenerator(generator: unknown): boolean {
  if (!types.isGeneratorObject(generator) || isAsyncGenerator(generator)) return false;
  const prototype = getPrototypeOf(generator) as object;
  const found = known.get(prototype);
  if (found !== undefined) return found;
  const { fn } = reflect(generator);
  const isOne = fn !== undefined && (apply(functionSource, fn, []) as string).includes(`${threadNames.resumed}()`);
  known.set(prototype, isOne);
  return isOne;
}

/** An iterator that a thread delegates to and that is not the user's generator: what it runs is not switched. */
class Atomic extends Delegation {
  override [Symbol.iterator](): unknown {
    const iterator = this.iterator as Record<"next" | "throw" | "return", Anything | undefined>;
    const passing = (method: "next" | "throw" | "return") => {
      if (method !== "next" && typeof iterator[method] !== "function") return undefined;
      return (argument: unknown) => {
        isArmed = false;
        return apply(iterator[method] as Anything, iterator, [argument]);
      };
    };
    return { next: passing("next"), throw: passing("throw"), return: passing("return") };
  }
}

/** Delegates to the generator of a call, or to what calls callbacks. */
function delegateCall(point: number, target: unknown): unknown {
  mark(point, undefined);
  return target;
}

/** `yield* x` in the code of a thread. */
function delegateThread(isAware: boolean, point: number, iterable: unknown): unknown {
  const target = delegate(point, iterable);
  if (!isAware) return target;
  const iterator = target instanceof Delegation ? target.iterator : target;
  isArmed = isThreadsGenerator(iterator);
  const isForeign = !isArmed && (target instanceof Delegation || types.isGeneratorObject(target));
  return isForeign ? new Atomic(iterator) : target;
}

/** The value of `x++`: that of `x`, as a number. */
function numeric(from: unknown): unknown {
  let number = from as number;
  return number++;
}

/** The value of `++x` or `--x`. */
function stepped(from: unknown, by: number): unknown {
  let number = from as number;
  if (by > 0) number++;
  else number--;
  return number;
}

type Drive = (code: Anything, on: unknown, args: ArrayLike<unknown>, rest?: ArrayLike<unknown>) => unknown;

// Stacks are known to have a frame of ours by the name of this method, which no build changes.
const lasting: { drive: Drive } = {
  /** Gives the generator of a call of a function of the user's, or its result. */
  drive: (code, on, args, rest) => {
    const wanted = isWanted;
    isWanted = false;
    isArmed = false;
    const generator = apply(code, on, rest ? joined(args, rest) : args) as object;
    if (!wanted) return apply(next, generator, []).value;
    given = generator;
    return pending;
  },
};

/** The functions by the order of their names. */
export const threadFunctions: readonly unknown[] = [
  lasting.drive,
  named,
  resumed,
  switchAt,
  (first: unknown) => first,
  called,
  taken,
  delegateCall,
  delegateThread,
  numeric,
  stepped,
];
