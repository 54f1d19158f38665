// What the suites in the extension host tell whoever started them. VS Code's own logs arrive over the same console.
const prefix = "| ";
const failurePrefix = "! ";

export const suiteLine = {
  /** Marks a text as mocha's. */
  mark: (text: string): string => prefix + text,
  /** The text that was marked, or undefined for any other. */
  unmark: (text: string): string | undefined => (text.startsWith(prefix) ? text.slice(prefix.length) : undefined),
  /** Says that a test failed whose window is still as it was. */
  failure: (title: string): string => failurePrefix + title,
  /** The title of the test that failed, or undefined for any other text. */
  failed: (text: string): string | undefined => (text.startsWith(failurePrefix) ? text.slice(failurePrefix.length) : undefined),
};

/** The file, beside the suites, in which they are told where it is kept what was to be seen of a failure. */
export const evidenceFile = "evidence.json";
