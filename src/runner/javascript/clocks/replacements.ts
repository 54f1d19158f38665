/** The replacements for the runtime's clocks, timers and random numbers under virtual time. */
import crypto from "node:crypto";
import type { MarkOptions, MeasureOptions } from "node:perf_hooks";
import promises from "node:timers/promises";
import { promisify } from "node:util";
import { formatsBy, plainObjects, stampedBy } from "./datedObjects";
import { timersPromises } from "./timersPromises";
import { epoch, type VirtualClock } from "./virtualClock";

type Anything = (...given: never[]) => unknown;

/** The functions of the runtime that are replaced, as they were before user code ran. */
export const runtime = {
  Date,
  performanceNow: performance.now,
  timeOrigin: performance.timeOrigin,
  performanceMark: performance.mark,
  performanceMeasure: performance.measure,
  hrtime: process.hrtime,
  uptime: process.uptime,
  cpuUsage: process.cpuUsage,
  // In Node 24 and later.
  threadCpuUsage: (process as { readonly threadCpuUsage?: typeof process.cpuUsage }).threadCpuUsage,
  performanceToJson: performance.toJSON,
  ...plainObjects,
  setTimeout,
  setInterval,
  setImmediate,
  clearTimeout,
  clearInterval,
  clearImmediate,
  abortTimeout: AbortSignal.timeout,
  promisedTimeout: promises.setTimeout,
  promisedInterval: promises.setInterval,
  promisedImmediate: promises.setImmediate,
  schedulerWait: promises.scheduler.wait,
  schedulerYield: promises.scheduler.yield,
  queueMicrotask,
  nextTick: process.nextTick,
  random: Math.random,
  randomUUID: crypto.randomUUID,
  getRandomValues: crypto.webcrypto.getRandomValues,
  webUUID: crypto.webcrypto.randomUUID,
  randomBytes: crypto.randomBytes,
  randomInt: crypto.randomInt,
  randomFillSync: crypto.randomFillSync,
  randomFill: crypto.randomFill,
} as const;

/** The clocks. @param clock gives the clock of the loaded instance */
export function clocksBy(clock: () => VirtualClock) {
  const now = () => clock().at();
  const nanoseconds = () => BigInt(Math.round(now() * 1e6));
  const hrtime = (before?: [number, number]) => {
    if (before !== undefined) runtime.hrtime(before); // throws if it is not a time
    const [seconds, nanos] = before ?? [0, 0];
    const since = nanoseconds() - (BigInt(seconds) * 1_000_000_000n + BigInt(nanos));
    const whole = since / 1_000_000_000n;
    return [Number(whole), Number(since - whole * 1_000_000_000n)];
  };
  /** A slice takes no time, and the time of a run is the program's own. */
  const usage = (plain: typeof process.cpuUsage | undefined) => (before?: NodeJS.CpuUsage) => {
    plain?.(before); // throws if it is not a usage
    return { user: Math.round(now() * 1000) - (before?.user ?? 0), system: 0 - (before?.system ?? 0) };
  };
  const date = () => epoch + Math.floor(now());
  return {
    Date: dateBy(date),
    performanceNow: now,
    timeOrigin: epoch,
    ...marksBy(now),
    hrtime: Object.assign(hrtime, { bigint: nanoseconds }),
    uptime: () => now() / 1000,
    cpuUsage: usage(runtime.cpuUsage),
    threadCpuUsage: usage(runtime.threadCpuUsage),
    performanceToJson: () => ({ ...runtime.performanceToJson.call(performance), timeOrigin: epoch }),
    ...formatsBy(date),
    ...stampedBy(now, date),
  };
}

/** Marks and measures, which begin or end now unless a time is given. */
function marksBy(now: () => number) {
  return {
    performanceMark: (name: string, options?: MarkOptions) =>
      runtime.performanceMark.call(performance, name, { ...options, startTime: options?.startTime ?? now() }),
    performanceMeasure(name: string, from?: string | MeasureOptions, to?: string) {
      const measure = runtime.performanceMeasure.bind(performance) as (...given: unknown[]) => unknown;
      if (typeof from !== "object" || from === null) return measure(name, from, to ?? now());
      const { start, end, duration } = from;
      return measure(name, start !== undefined && duration !== undefined ? from : { ...from, end: end ?? now() }, to);
    },
  };
}

function dateBy(now: () => number): DateConstructor {
  const { Date: Plain } = runtime;
  function VirtualDate(...given: unknown[]): unknown {
    if (new.target === undefined) return new Plain(now()).toString();
    const made = new.target === (VirtualDate as unknown) ? Plain : new.target;
    return Reflect.construct(Plain, given.length === 0 ? [now()] : given, made);
  }
  const { now: plainNow, ...others } = Object.getOwnPropertyDescriptors(Plain);
  Object.defineProperties(VirtualDate, { ...others, now: { ...plainNow, value: now } });
  return VirtualDate as unknown as DateConstructor;
}

/** The timers, including those that return promises. A call without a callback is passed to the runtime's function, which throws. */
export function timersBy(clock: () => VirtualClock) {
  const starter =
    (plain: Anything, repeats: boolean) =>
    (run: Anything, delay?: unknown, ...args: unknown[]) => {
      if (typeof run !== "function") return plain(run as never);
      return clock().timers.add({ run: run as never, args, delay, repeats });
    };
  const clear = (plain: (given: never) => void) => (given: unknown) => {
    if (!clock().timers.clear(given)) plain(given as never);
  };
  const immediate = (run: Anything, ...args: unknown[]) => {
    if (typeof run !== "function") return runtime.setImmediate(run as never);
    return clock().timers.add({ run: run as never, args });
  };
  const abortTimeout = (delay: number) => {
    runtime.abortTimeout.call(AbortSignal, delay); // throws if it is not a time
    const controller = new AbortController();
    const run = () => controller.abort(new DOMException("The operation was aborted due to timeout", "TimeoutError"));
    clock().timers.add({ run, delay }).unref();
    return controller.signal;
  };
  const promised = timersPromises(() => clock().timers);
  const withPromised = (start: object, value: unknown) => Object.defineProperty(start, promisify.custom, { value });
  return {
    setTimeout: withPromised(starter(runtime.setTimeout, false), promised.promisedTimeout),
    setInterval: starter(runtime.setInterval, true),
    setImmediate: withPromised(immediate, promised.promisedImmediate),
    clearTimeout: clear(runtime.clearTimeout),
    clearInterval: clear(runtime.clearInterval),
    clearImmediate: clear(runtime.clearImmediate),
    abortTimeout,
    ...promised,
  };
}

/** The random numbers. Each replacement first calls the runtime's function, so that invalid arguments throw the usual errors. */
export function randomBy(clock: () => VirtualClock) {
  const filled = <T extends NodeJS.ArrayBufferView>(view: T): T => {
    clock().numbers.fill(view);
    return view;
  };
  const uuid = () => {
    const bytes = filled(Buffer.alloc(16));
    bytes[6] = ((bytes[6] as number) & 0x0f) | 0x40;
    bytes[8] = ((bytes[8] as number) & 0x3f) | 0x80;
    return bytes.toString("hex").replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-");
  };
  const told = <T>(result: T, done: unknown): T | undefined => {
    if (typeof done !== "function") return result;
    process.nextTick(done as (error: null, result: T) => void, null, result);
    return undefined;
  };
  return {
    random: () => clock().numbers.next(),
    randomUUID(options?: crypto.RandomUUIDOptions) {
      runtime.randomUUID(options);
      return uuid();
    },
    webUUID: uuid,
    getRandomValues(view: NodeJS.ArrayBufferView) {
      return filled(runtime.getRandomValues.call(crypto.webcrypto, view as never) as never);
    },
    randomBytes: (size: number, done?: unknown) => told(filled(runtime.randomBytes(size)), done),
    randomInt(...given: unknown[]) {
      const done = typeof given.at(-1) === "function" ? given.pop() : undefined;
      const [least, most] = given.length > 1 ? (given as [number, number]) : [0, given[0] as number];
      (runtime.randomInt as (...given: unknown[]) => number)(...given);
      return told(least + Math.floor(clock().numbers.next() * (most - least)), done);
    },
    randomFillSync: (view: NodeJS.ArrayBufferView, ...part: number[]) => fillPart(view, part, filled),
    randomFill(view: NodeJS.ArrayBufferView, ...rest: unknown[]) {
      const done = rest.pop();
      if (typeof done !== "function") return (runtime.randomFill as Anything)(view as never, ...([...rest, done] as never[]));
      return told(fillPart(view, rest as number[], filled), done);
    },
  };
}

/** @param part the first element to fill and how many, if given */
function fillPart<T extends NodeJS.ArrayBufferView>(view: T, [from = 0, count]: number[], fill: (part: Uint8Array) => void): T {
  (runtime.randomFillSync as (...given: unknown[]) => void)(view, from, ...(count === undefined ? [] : [count]));
  const { BYTES_PER_ELEMENT: width = 1 } = view as { BYTES_PER_ELEMENT?: number };
  const bytes = count === undefined ? view.byteLength - from * width : count * width;
  fill(new Uint8Array(view.buffer, view.byteOffset + from * width, bytes));
  return view;
}
