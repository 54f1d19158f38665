// The first example with chance taken out: the same shuffles in every run.
import { readFileSync } from "node:fs";
import path from "node:path";
import { examples } from "../../vscode/workspace";

/** The name of the first example. */
export const example = "counter-and-bogosort.ts";

/**
 * The example with a seeded `Math.random` after its last line, so that no line moves. From this seed the 16th shuffle of
 * [3, 1, 2, 5, 4] is the first that is sorted: `bogosort` yields 16 times and returns when it is resumed for the 17th.
 */
export function seededExample(): Record<string, string> {
  const text = readFileSync(path.join(examples, example), "utf8");
  return { [example]: `${text}\nlet seed = 8;\nMath.random = () => (seed = (seed * 16807) % 2147483647) / 2147483647;\n` };
}

/** Its steps with `counter` before `bogosort`: they take turns, so the 17th of the second is this one. */
export const returnStep = 34;
