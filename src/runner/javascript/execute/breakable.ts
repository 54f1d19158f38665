/**
 * Runs user code so that a SIGINT can cut it short, even in an endless loop, and nothing else with it.
 */
import vm from "node:vm";
import { entryFile } from "../engine/stackTraces";

const entryName = "yieldpoint$run";
const entry = new vm.Script(`globalThis.${entryName}()`, { filename: entryFile });
const interruptedCode = "ERR_SCRIPT_EXECUTION_INTERRUPTED";

/** A SIGINT came while user code ran. */
export class Interrupted extends Error {
  override readonly name = "Interrupted";
}

/**
 * What `run` gives.
 *
 * @throws Interrupted when a SIGINT came, and whatever `run` throws
 */
export function breakable<T>(run: () => T): T {
  let result: T | undefined;
  const value = () => {
    Reflect.deleteProperty(globalThis, entryName);
    result = run();
  };
  Object.defineProperty(globalThis, entryName, { value, configurable: true });
  try {
    entry.runInThisContext({ breakOnSigint: true, displayErrors: false });
  } catch (error) {
    if ((error as NodeJS.ErrnoException | null | undefined)?.code === interruptedCode) throw new Interrupted();
    throw error;
  }
  return result as T;
}
