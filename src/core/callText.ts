/**
 * The call of a task as text: an expression in the scope of the session's file or, after the path of another file and a colon, in the
 * scope of that one: `other.ts: pong()`. No expression of either language begins like that, so a plain call never needs quotes.
 */

export interface CallText {
  /** As it is written: a path from the folder of the session's file. Absent where it is that file itself. */
  readonly file?: string;
  readonly expression: string;
}

/** Bare paths have nothing in them that could be part of an expression before a colon. */
const bare = /^[^\s"'`()[\]{}<>?:;,=]+\.(?:[cm]?[jt]sx?|py)$/i;
const pattern = /^\s*(?:("(?:[^"\\]|\\.)*")|([^\s"'`()[\]{}<>?:;,=]+)):\s+(\S.*)$/s;
const source = /\.(?:[cm]?[jt]sx?|py)$/i;

/** Whether text names a file of tasks before a colon. */
export function parseCall(text: string): CallText {
  const [, quoted, plain, expression = ""] = pattern.exec(text) ?? [];
  const file = quoted === undefined ? plain : unquoted(quoted);
  return file !== undefined && source.test(file) ? { file, expression: expression.trim() } : { expression: text };
}

/** The text that is read as this. */
export function formatCall({ file, expression }: CallText): string {
  if (file === undefined) return expression;
  return `${bare.test(file) ? file : JSON.stringify(file)}: ${expression}`;
}

function unquoted(text: string): string | undefined {
  try {
    return JSON.parse(text) as string;
  } catch {
    return undefined; // escaped otherwise than in JSON, so it is a string of the language
  }
}
