/**
 * The calls of tasks whose files are not the session's own.
 */
import { dirname, extname, relative, resolve, sep } from "node:path";
import { formatCall, parseCall } from "../../core/callText";
import { UserError } from "./errors";

/** A call as a runner is asked for it. */
interface Asked {
  readonly call: string;
  /** Absolute; absent where it is the session's file. */
  readonly file?: string;
}

/**
 * What a runner is asked for by the text of a call.
 *
 * @param main the session's file, absolute
 * @throws UserError when the file is of another language
 */
export function askedOf(text: string, main: string): Asked {
  const { file, expression } = parseCall(text);
  if (file === undefined) return { call: text };
  if (isOfOneLanguage(file, main)) return { call: expression, file: resolve(dirname(main), file) };
  throw new UserError(
    `${file} is of another language than the session's file ${main}.`,
    "Run its tasks in a session of their own: one process runs all tasks of a session.",
  );
}

/** The text of a call in a file. @param file, main absolute */
export function callIn(file: string, expression: string, main: string): string {
  if (file === main) return expression;
  return formatCall({ file: relative(dirname(main), file).split(sep).join("/"), expression });
}

/** The file and the expression of a call. @param main absolute, as the file that comes back */
export function partsOfCall(text: string, main: string): { readonly file: string; readonly expression: string } {
  const { file, expression } = parseCall(text);
  return { file: file === undefined ? main : resolve(dirname(main), file), expression };
}

/** Whether the tasks of two files can be in one session. */
export function isOfOneLanguage(file: string, other: string): boolean {
  return isPython(file) === isPython(other);
}

function isPython(file: string): boolean {
  return extname(file).toLowerCase() === ".py";
}
