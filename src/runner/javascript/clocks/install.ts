/** Switches the program between virtual time and the runtime's own. */
import { promiseHooks } from "node:v8";
import { installNoting } from "./noting";
import { patch } from "./patches";
import { clocksBy, randomBy, runtime, timersBy } from "./replacements";
import type { VirtualClock } from "./virtualClock";

/** Stops observing promises. Undefined while nothing is replaced. */
let stop: (() => void) | undefined;

/**
 * Makes the program's clocks, timers and random numbers virtual from now on.
 *
 * @param clock gives the clock of the loaded instance
 * @param isInSlice whether a task's slice runs
 * @param noteMicrotask called when a slice puts something off to a microtask
 */
export function installVirtual(
  clock: () => VirtualClock,
  isInSlice: () => boolean,
  noteMicrotask = () => clock().noteMicrotask(),
): void {
  installReal(undefined);
  const note = () => {
    if (isInSlice()) noteMicrotask();
  };
  const noted = <T extends (...given: never[]) => unknown>(plain: T) =>
    function (this: unknown, ...given: Parameters<T>): unknown {
      note();
      return Reflect.apply(plain, this, given);
    };
  const deferring = { queueMicrotask: noted(runtime.queueMicrotask), nextTick: noted(runtime.nextTick) };
  patch({ ...clocksBy(clock), ...timersBy(clock), ...randomBy(clock), ...deferring });
  stop = promiseHooks.createHook({ init: note, settled: note }) as () => void;
}

/** Makes the clocks, timers and random numbers of an observed program virtual. Its immediates stay those of its event loop. */
export function installObserved(clock: VirtualClock): void {
  const given = () => clock;
  const { setImmediate: _, clearImmediate: __, promisedImmediate: ___, schedulerYield: ____, ...timers } = timersBy(given);
  patch({ ...clocksBy(given), ...timers, ...randomBy(given) });
}

/**
 * Restores the clocks, timers and random numbers of the runtime.
 *
 * @param note if given, called before each call whose result is not repeatable
 */
export function installReal(note: ((call: string) => void) | undefined): void {
  stop?.();
  if (stop) patch(runtime);
  stop = undefined;
  if (!note) return;
  installNoting(note);
  stop = () => undefined;
}
