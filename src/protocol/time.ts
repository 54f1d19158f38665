/** Virtual time as it crosses the wires, and as it is kept in files. */
import * as v from "valibot";
import { leastStep, mostSeed, mostStep } from "../core/virtualTime";

/** By how many milliseconds a step moves the clock. */
export const StepMillis = v.pipe(v.number(), v.minValue(leastStep), v.maxValue(mostStep));

/** The seed of random numbers. */
export const Seed = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(mostSeed));

export const VirtualTimeFields = v.object({ virtual: StepMillis, seed: Seed });
