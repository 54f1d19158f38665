/**
 * What goes wrong in user code or in a request, in the form in which it crosses the wire: the cause, the place in the
 * user's own source, the way out.
 */
import type { Failure } from "../../protocol/runner";
import { preview } from "./preview";

const mostFrames = 10;
const mostMessage = 2_000;

/** A request that cannot be answered with a result. */
export class RequestError extends Error {
  override readonly name = "RequestError";

  constructor(readonly failure: Failure) {
    super(failure.message);
  }
}

/** A place in the user's source, found in a stack. */
export interface UserFrame {
  readonly text: string;
  readonly file: string;
  readonly line: number;
}

/**
 * What user code threw, as a failure.
 *
 * @param isUserFile tells the user's files from the runtime's, the packages' and the runner's
 */
export function failureOf(code: string, thrown: unknown, isUserFile: (file: string) => boolean, remedy?: string): Failure {
  const frames = userFrames(thrown, isUserFile);
  return {
    code,
    message: messageOf(thrown),
    ...(remedy === undefined ? {} : { remedy }),
    ...(frames[0] ? { file: frames[0].file, line: frames[0].line } : {}),
    ...(frames.length > 0 ? { stack: frames.map((frame) => frame.text).join("\n") } : {}),
  };
}

/** What was thrown in one line, whatever it is. Of an error, its whole message where that is not too long. */
export function messageOf(thrown: unknown): string {
  const message = thrown instanceof Error ? Object.getOwnPropertyDescriptor(thrown, "message")?.value : undefined;
  if (typeof message !== "string" || message.length > mostMessage) return preview(thrown);
  return `${preview(thrown).split(":")[0]}: ${message}`;
}

/**
 * The user's own frames in the stack of an error, innermost first. The transformer keeps lines and not columns, so the
 * columns are taken out.
 */
export function userFrames(thrown: unknown, isUserFile: (file: string) => boolean): UserFrame[] {
  return stackLines(thrown)
    .map(parseFrame)
    .filter((frame): frame is UserFrame => frame !== undefined && isUserFile(frame.file))
    .slice(0, mostFrames);
}

function stackLines(thrown: unknown): string[] {
  try {
    const stack = thrown instanceof Error ? thrown.stack : undefined;
    return typeof stack === "string" ? stack.slice(0, 20_000).split("\n") : [];
  } catch {
    return [];
  }
}

const frameForm = /^\s*at (?:async )?(?:(.*) \()?((?:file:\/\/)?(?:\/|[A-Za-z]:[\\/]).*?):(\d+):\d+\)?$/;

function parseFrame(line: string): UserFrame | undefined {
  const match = frameForm.exec(line);
  if (!match || line.includes("eval at ")) return headFrame(line);
  const [, name, file = "", number = "0"] = match;
  const text = name ? `    at ${name} (${file}:${number})` : `    at ${file}:${number}`;
  return { text, file, line: Number(number) };
}

/** A syntax error that V8 finds begins its stack with `file:line`. */
function headFrame(line: string): UserFrame | undefined {
  const match = /^((?:\/|[A-Za-z]:[\\/])[^()]*):(\d+)$/.exec(line);
  return match ? { text: `    at ${line}`, file: match[1] ?? "", line: Number(match[2]) } : undefined;
}
