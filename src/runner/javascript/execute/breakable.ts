/**
 * Runs user code so that a SIGINT can interrupt it, even in an endless loop, without interrupting anything else.
 */
import vm from "node:vm";
import { entryFile } from "../engine/stackTraces";

const entryName = "yieldpoint$run";
const entry = new vm.Script(`globalThis.${entryName}()`, { filename: entryFile });
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
