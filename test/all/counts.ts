/**
 * Reads from mocha's summary how many tests passed and failed, and how those failed.
 */

export interface Counts {
  readonly passed: number;
  readonly failed: number;
  readonly pending: number;
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: colours begin with one
const colours = /\u001b\[[0-9;]*m/g;

/** The longest that the report of one failure may be, and the end of what a part without tests printed, in lines. */
const mostLines = 15;

/** The beginning of what mocha reports about each failure: its title, the error and the first lines of its stack. */
export function failuresIn(output: string): string[] {
  const [, ...endings] = output.replace(colours, "").split(/^ {2}\d+ failing\n/m);
  const [, ...reports] = (endings.at(-1) ?? "").split(/^(?= {2}\d+\) )/m);
  return reports.map((report) => report.trimEnd().split("\n").slice(0, mostLines).join("\n"));
}

/** What a part printed last: the reason why it failed, if that was no test. */
export function endOf(output: string): string {
  return output.replace(colours, "").trimEnd().split("\n").slice(-mostLines).join("\n");
}

/** The last count of each kind; zero if no test ran. */
export function countsIn(output: string): Counts {
  const text = output.replace(colours, "");
  const last = (word: string) => Number([...text.matchAll(new RegExp(`^ {2}(\\d+) ${word}\\b`, "gm"))].at(-1)?.[1] ?? 0);
  return { passed: last("passing"), failed: last("failing"), pending: last("pending") };
}
