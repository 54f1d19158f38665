/**
 * The text of a task's call: an expression in the scope of the session's file or, with the path of another file and a colon before it, in
 * the scope of that file: `other.ts: pong()`. No expression of either language begins like that, so a plain call never needs quotes.
 */

export interface CallText {
  /** As written: a path relative to the folder of the session's file. Absent for that file itself. */
  readonly file?: string;
  readonly expression: string;
}

/** Paths without quotes contain nothing that could be part of an expression before a colon. */
const bare = /^[^\s"'`()[\]{}<>?:;,=]+\.(?:[cm]?[jt]sx?|py)$/i;
const pattern = /^\s*(?:("(?:[^"\\]|\\.)*")|([^\s"'`()[\]{}<>?:;,=]+)):\s+(\S.*)$/s;
const source = /\.(?:[cm]?[jt]sx?|py)$/i;

/** Whether a text before a colon is the name of a file with tasks. */
export function parseCall(text: string): CallText {
  const [, quoted, plain, expression = ""] = pattern.exec(text) ?? [];
  const file = quoted === undefined ? plain : unquoted(quoted);
  return file !== undefined && source.test(file) ? { file, expression: expression.trim() } : { expression: text };
}

/** The text that parses to this call. */
export function formatCall({ file, expression }: CallText): string {
  if (file === undefined) return expression;
  return `${bare.test(file) ? file : JSON.stringify(file)}: ${expression}`;
}

function unquoted(text: string): string | undefined {
  try {
    return JSON.parse(text) as string;
  } catch {
    return undefined; // its escapes are not valid in JSON, so it is a string of the language
  }
}
