// Tells what mocha prints in the extension host from what VS Code logs itself: both arrive over the same console.
const prefix = "| ";

export const suiteLine = {
  /** Marks a text as mocha's. */
  mark: (text: string): string => prefix + text,
  /** The text that was marked, or undefined for any other. */
  unmark: (text: string): string | undefined => (text.startsWith(prefix) ? text.slice(prefix.length) : undefined),
};
