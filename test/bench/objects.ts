/**
 * The cost of values: a JavaScript task that yields a new object of ten fields in each step, with all previews in the trace,
 * compared with redux-saga, whose effects are such objects too, but which stores nothing.
 */
import { resolve } from "node:path";
import { median } from "./benchSession";
import { programRate, sessionRate, shareOf } from "./switchRates";

export const figures = ["runner.js.objects", "saga."];

const rounds = 5;
const switches = 1_000_000;
const file = resolve("test/bench/javascript/objects.js");
const saga = resolve("test/bench/javascript/saga.js");

/** Reports runner.js.objects and saga.select per second (medians of alternating rounds), and runner.js.objects.ratio. */
export async function bench(report: (name: string, value: number, unit: string) => void): Promise<void> {
  const effects: number[] = [];
  const steps: number[] = [];
  for (let round = 0; round < rounds; round += 1) {
    effects.push(await programRate(file, saga));
    steps.push(await sessionRate(file, ["objects()"], switches));
  }
  report("saga.select", median(effects), "effects/s");
  report("runner.js.objects", median(steps), "switches/s");
  report("runner.js.objects.ratio", shareOf(steps, effects), "of saga.select");
}
