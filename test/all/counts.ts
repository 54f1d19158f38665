/**
 * Reads how many tests passed and failed from mocha's summary.
 */

export interface Counts {
  readonly passed: number;
  readonly failed: number;
  readonly pending: number;
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: colours begin with one
const colours = /\u001b\[[0-9;]*m/g;

/** The last count of each kind; zero if no test ran. */
export function countsIn(output: string): Counts {
  const text = output.replace(colours, "");
  const last = (word: string) => Number([...text.matchAll(new RegExp(`^ {2}(\\d+) ${word}\\b`, "gm"))].at(-1)?.[1] ?? 0);
  return { passed: last("passing"), failed: last("failing"), pending: last("pending") };
}
