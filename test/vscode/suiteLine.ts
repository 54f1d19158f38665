// The messages from the suites in the extension host to the process that started them. VS Code's own logs arrive on the same console.
const prefix = "| ";
const failurePrefix = "! ";

export const suiteLine = {
  /** Marks a text as mocha's output. */
  mark: (text: string): string => prefix + text,
  /** The marked text, or undefined for any other text. */
  unmark: (text: string): string | undefined => (text.startsWith(prefix) ? text.slice(prefix.length) : undefined),
  /** Reports that a test failed whose window is still unchanged. */
  failure: (title: string): string => failurePrefix + title,
  /** The title of the failed test, or undefined for any other text. */
  failed: (text: string): string | undefined => (text.startsWith(failurePrefix) ? text.slice(failurePrefix.length) : undefined),
};

/** The file, beside the suites, that tells them where the evidence of a failure is. */
export const evidenceFile = "evidence.json";
