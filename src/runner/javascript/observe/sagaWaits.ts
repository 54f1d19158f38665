/**
 * What sagas wait for, and who has forked them. redux-saga is told what to do by plain data that a saga yields, its effects, and calls what
 * they name at once. No code of it runs here.
 */
import { types } from "node:util";
import { groupKind, rowKind } from "../../../core/waiting/rows";
import { hasOwn, isProxy, weakMap } from "../engine/intrinsics";
import { ownData, ownName } from "../engine/names";
import { isEffect } from "../waiting/awaited";
import { type Aim, anyPromise, type BlockedTasks } from "./blockedTasks";
import type { Seen } from "./tasks";

const taskMark = "@@redux-saga/TASK";
const { isArray } = Array;
const { getPrototypeOf } = Object;
/** The function of redux-saga that `delay` calls. */
const delaying = "delayP";
const longestName = 60;
/** A program may make a channel, or name an action, for each of its requests. What is beyond that number is told as a promise. */
const mostResources = 65_536;

/** What the program's resources are made by. */
interface Resources {
  event(name: string): number;
  /** @param name if it has none, it is numbered */
  channel(capacity: undefined, name: string | undefined): number;
}

/** A function that an effect has redux-saga call. */
interface Called {
  readonly by: Seen;
  readonly isForked: boolean;
  /** The prototype of its generators. */
  readonly prototype: unknown;
}

export class SagaWaits {
  /** How many resources were made. */
  #made = 0;
  readonly #events = new Map<string, number>();
  readonly #channels = weakMap<number>();
  /** What redux-saga calls now. A saga that it calls may itself have it call others first. */
  #called: readonly Called[] = [];
  /** By the number of the task: the tasks that it has forked, until it is given what stands for them. */
  readonly #forked = new Map<number, number[]>();
  /** The tasks that the program's objects stand for. */
  readonly #tasks = weakMap<number>();

  /** @param now gives the milliseconds since the run began @param nameOf the name of a variable of a generator that has a value */
  constructor(
    readonly blocked: BlockedTasks,
    readonly resources: Resources,
    readonly now: () => number,
    readonly nameOf: (task: Seen, value: object) => string | undefined,
  ) {}

  /** A generator has yielded an object. */
  yielded(task: Seen, value: object): void {
    if (!isEffect(value)) return;
    task.hasWaited = true;
    const [type, payload] = [ownData(value, "type"), ownData(value, "payload")];
    const isGroup = type === "ALL" || type === "RACE";
    const effects = isGroup ? partsOf(payload).filter(isObject) : [value];
    const called = effects.flatMap((each) => calledBy(each, task));
    if (called.length > 0) this.#called = [...called, ...this.#called];
    const aims = effects.flatMap((each) => this.#aims(each, task));
    if (aims.length === 0) return;
    const group = type === "RACE" ? groupKind.any : groupKind.all;
    this.blocked.block(task, aims, aims.length > 1 ? group : undefined, aims.length);
  }

  /** The number of the task that has forked a generator that begins; undefined if none has. */
  parentOf(generator: object): number | undefined {
    const called = this.#calledAs(generator);
    return called?.isForked ? called.by.id : undefined;
  }

  /** A generator that has begun is a task from now on. */
  begins(generator: object, task: Seen): void {
    const called = this.#calledAs(generator);
    if (!called) return;
    const { by, isForked } = called;
    this.#called = this.#called.filter((each) => each !== called);
    if (isForked) this.#forked.set(by.id, [...(this.#forked.get(by.id) ?? []), task.id]);
    else if (by.wait && by.wait.left === 1) {
      this.blocked.wake(by.wait);
      this.blocked.block(by, [{ kind: rowKind.blockJoin, object: task.id }], undefined, 1);
    }
  }

  /** A task goes on. @param given what it is resumed with: after a fork, what stands for the task */
  resumes(task: Seen, given: unknown): void {
    if (this.#called.length > 0) this.#called = this.#called.filter(({ by }) => by !== task);
    const forked = this.#forked.get(task.id);
    if (!forked) return;
    this.#forked.delete(task.id);
    const handles = (isTask(given) ? [given] : isArray(given) ? partsOf(given) : []).filter(isTask);
    if (handles.length !== forked.length) return;
    for (const [index, handle] of handles.entries()) this.#tasks.set(handle, forked[index] as number);
  }

  #calledAs(generator: object): Called | undefined {
    const prototype = getPrototypeOf(generator);
    return this.#called.find((each) => each.prototype === prototype);
  }

  /** What an effect waits for; nothing if redux-saga goes on at once. */
  #aims(effect: object, task: Seen): Aim[] {
    if (!isEffect(effect)) return [anyPromise];
    const payload = ownData(effect, "payload");
    switch (ownData(effect, "type")) {
      case "TAKE":
        return [this.#taken(payload, task)];
      case "CALL":
      case "CPS":
        return [this.#call(payload)];
      case "JOIN":
        return (isArray(payload) ? partsOf(payload) : [payload]).map((each) => this.#joined(each));
      case "ALL":
      case "RACE":
        return [anyPromise];
      default:
        return [];
    }
  }

  #taken(payload: unknown, task: Seen): Aim {
    const channel = isObject(payload) ? ownData(payload, "channel") : undefined;
    if (isObject(channel)) return this.#channel(channel, task);
    return this.#event(patternText(isObject(payload) ? ownData(payload, "pattern") : "*"));
  }

  #call(payload: unknown): Aim {
    const fn = functionOf(payload);
    const [millis] = isObject(payload) ? partsOf(ownData(payload, "args")) : [];
    const name = fn && ownName(fn);
    if (name === delaying && typeof millis === "number") return { kind: rowKind.blockSleep, object: this.now() + millis };
    return this.#event(`${name ?? "(anonymous)"}()`);
  }

  #joined(handle: unknown): Aim {
    const task = isObject(handle) ? this.#tasks.get(handle) : undefined;
    return task === undefined ? anyPromise : { kind: rowKind.blockJoin, object: task };
  }

  #event(name: string): Aim {
    const object = this.#events.get(name) ?? this.#resource(() => this.resources.event(name));
    if (object === undefined) return anyPromise;
    this.#events.set(name, object);
    return { kind: rowKind.blockEvent, object };
  }

  #channel(channel: object, task: Seen): Aim {
    const named = () => this.resources.channel(undefined, this.nameOf(task, channel));
    const object = this.#channels.get(channel) ?? this.#resource(named);
    if (object === undefined) return anyPromise;
    this.#channels.set(channel, object);
    return { kind: rowKind.blockTake, object };
  }

  /** The number of a resource that is made; undefined if there are too many. */
  #resource(make: () => number): number | undefined {
    if (this.#made === mostResources) return undefined;
    this.#made += 1;
    return make();
  }
}

/** The generator function that an effect has redux-saga call, if it does. */
function calledBy(effect: object, by: Seen): Called[] {
  if (!isEffect(effect)) return [];
  const type = ownData(effect, "type");
  const fn = type === "CALL" || type === "FORK" ? functionOf(ownData(effect, "payload")) : undefined;
  const prototype = fn && types.isGeneratorFunction(fn) ? ownData(fn, "prototype") : undefined;
  return isObject(prototype) ? [{ by, isForked: type === "FORK", prototype }] : [];
}

function functionOf(payload: unknown): object | undefined {
  const fn = isObject(payload) ? ownData(payload, "fn") : undefined;
  return typeof fn === "function" ? fn : undefined;
}

/** The effects that are combined, or the items of a list, without a call of a getter. */
function partsOf(list: unknown): unknown[] {
  if (!isObject(list) || isProxy(list)) return [];
  return Object.keys(list).map((key) => ownData(list, key));
}

function isTask(value: unknown): value is object {
  return isObject(value) && !isProxy(value) && hasOwn(value, taskMark);
}

function isObject(value: unknown): value is object {
  return typeof value === "object" && value !== null;
}

/** What is taken: the types of actions, or the function that chooses them. */
function patternText(pattern: unknown): string {
  if (isArray(pattern)) return shortened(partsOf(pattern).map(patternText).join(", "));
  if (typeof pattern === "symbol") return shortened(String(pattern.description ?? pattern.toString()));
  if (typeof pattern !== "function") return shortened(String(pattern));
  const type = ownData(pattern, "type");
  return shortened(typeof type === "string" ? type : (ownName(pattern) ?? "(anonymous)"));
}

function shortened(text: string): string {
  return text.length > longestName ? `${text.slice(0, longestName)}…` : text;
}
