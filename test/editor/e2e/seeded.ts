// The first example without randomness: it shuffles the same way in every run.
import { readFileSync } from "node:fs";
import path from "node:path";
import { examples } from "../../vscode/workspace";

/** The file name of the first example. */
export const example = "counter-and-bogosort.ts";

/**
 * The example with a seeded `Math.random` after its last line, so that no line moves. With this seed, the 16th shuffle of [3, 1, 2, 5, 4]
 * is the first sorted one: `bogosort` yields 16 times, and returns when it is resumed for the 17th time.
 */
export function seededExample(): Record<string, string> {
  const text = readFileSync(path.join(examples, example), "utf8");
  return { [example]: `${text}\nlet seed = 8;\nMath.random = () => (seed = (seed * 16807) % 2147483647) / 2147483647;\n` };
}

/** The step in which `bogosort` returns, if `counter` was added first: they take turns, so its 17th step is step 34. */
export const returnStep = 34;
