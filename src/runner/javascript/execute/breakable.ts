/**
 * Runs user code so that a SIGINT can interrupt it, even in an endless loop, without interrupting anything else.
 *
 * Node handles the signal only while the script below runs; just before and after that, it would end the process. So the watch thread sends
 * the signal, and only while the function within the script has opened the gate. The function does not return while a signal is on its way.
 */
import vm from "node:vm";
import { apply } from "../engine/intrinsics";
import { entryFile } from "../engine/stackTraces";
import type { SharedState } from "../process/sharedState";

const entryName = "yieldpoint$run";
const entry = new vm.Script(`globalThis.${entryName}()`, { filename: entryFile });
const { listenerCount } = process;
const interruptedCode = "ERR_SCRIPT_EXECUTION_INTERRUPTED";

/** A SIGINT arrived while user code ran. */
export class Interrupted extends Error {
  override readonly name = "Interrupted";
}

/**
 * Runs a function, and returns its result.
 *
 * @throws Interrupted if a SIGINT arrived, or any error that `run` throws
 */
export function breakable<T>(shared: SharedState, run: () => T): T {
  let result: T | undefined;
  let opened = false;
  const value = () => {
    Reflect.deleteProperty(globalThis, entryName);
    opened = shared.open();
    try {
      result = run();
    } finally {
      if (opened && !shared.close()) awaitSignal(shared);
    }
  };
  Object.defineProperty(globalThis, entryName, { value, configurable: true });
  try {
    entry.runInThisContext({ breakOnSigint: true, displayErrors: false });
  } catch (error) {
    if ((error as NodeJS.ErrnoException | null | undefined)?.code !== interruptedCode) throw error;
    shared.interrupted(!opened);
    throw new Interrupted();
  }
  return result as T;
}

/** Does not return, since the signal interrupts it; unless the program has begun to listen to that signal, which then does nothing else. */
function awaitSignal(shared: SharedState): void {
  while (apply(listenerCount, process, ["SIGINT"]) === 0);
  shared.interrupted(false);
}
