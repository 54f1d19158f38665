/** `node:timers/promises` under virtual time, by the names in `runtime`. */
import type { ProgramTimers } from "./programTimers";

interface Options {
  readonly signal?: AbortSignal;
  readonly ref?: boolean;
}

/** @param timers gives the timers of the loaded instance */
export function timersPromises(timers: () => ProgramTimers) {
  const after = <T>(start: { delay?: unknown }, value: T, { signal, ref = true }: Options = {}): Promise<T> =>
    new Promise((resolve, reject) => {
      if (signal?.aborted) {
        reject(aborted(signal));
        return;
      }
      const cancel = () => {
        timer.close();
        reject(aborted(signal));
      };
      const run = () => {
        signal?.removeEventListener("abort", cancel);
        resolve(value);
      };
      const timer = timers().add({ run, ...start });
      if (!ref) timer.unref();
      signal?.addEventListener("abort", cancel, { once: true });
    });

  return {
    promisedTimeout: <T>(delay?: unknown, value?: T, options?: Options) => after({ delay }, value, options),
    promisedImmediate: <T>(value?: T, options?: Options) => after({}, value, options),
    promisedInterval: <T>(delay?: unknown, value?: T, options?: Options) => every(timers(), delay, value, options),
    schedulerWait: (delay?: unknown, options?: Options) => after({ delay }, undefined, options),
    schedulerYield: () => after({}, undefined),
  };
}

/** An async interval. As in Node, ticks that pass while the consumer is busy are yielded afterwards, without a delay. */
async function* every<T>(timers: ProgramTimers, delay: unknown, value: T, { signal, ref = true }: Options = {}) {
  let passed = 0;
  let wake = () => {};
  const run = () => {
    passed += 1;
    wake();
  };
  const stop = () => wake();
  const timer = timers.add({ run, delay, repeats: true });
  if (!ref) timer.unref();
  signal?.addEventListener("abort", stop, { once: true });
  try {
    for (;;) {
      if (signal?.aborted) throw aborted(signal);
      if (passed === 0) {
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
      }
      for (; passed > 0; passed -= 1) yield value;
    }
  } finally {
    timer.close();
    signal?.removeEventListener("abort", stop);
  }
}

function aborted(signal: AbortSignal | undefined): Error {
  const error = new Error("The operation was aborted", { cause: signal?.reason });
  return Object.assign(error, { name: "AbortError", code: "ABORT_ERR" });
}
