/**
 * The inputs of properties. They are the same in every run, so a test that fails now and passed before fails because of a change.
 * `YIELDPOINT_SEED=random` tries other inputs, and a number those of a run that failed.
 */
import fc from "fast-check";

const usual = "20260000";

/** Must be called before the first property. */
export function chooseInputs(asked = process.env.YIELDPOINT_SEED ?? usual): void {
  if (asked === "random") return;
  const seed = Number(asked);
  if (!Number.isSafeInteger(seed)) throw new Error(`YIELDPOINT_SEED is "${asked}": it must be an integer, or "random".`);
  fc.configureGlobal({ ...fc.readConfigureGlobal(), seed });
}
