/**
 * Converts errors in user code or in a request to the form in which they cross the wire: the cause, the location in the user's
 * source, the remedy.
 */
import type { YieldPoint } from "../../../core/trace/trace";
import type { Failure } from "../../../protocol/runner";
import { errorMessage, isError } from "../engine/errors";
import { stackText } from "../engine/stackText";
import { preview } from "./preview";

const mostFrames = 10;
const mostMessage = 2_000;

/** A request fails. */
export class RequestError extends Error {
  override readonly name = "RequestError";

  constructor(readonly failure: Failure) {
    super(failure.message);
  }
}

/** Distinguishes the user's files from those of the runtime, of packages and of the runner. */
export interface UserFiles {
  has(file: string): boolean;
  /** Whether the columns in their stacks are those of the source. */
  readonly hasColumns: boolean;
}

/** What is known about a failure in addition to the thrown value. */
export interface Known {
  readonly remedy?: string | undefined;
  /** Where the value was thrown, if it has no stack. */
  readonly place?: { readonly file: string; readonly line?: number; readonly column?: number } | undefined;
}

/** Converts what user code threw to a failure. */
export function failureOf(code: string, thrown: unknown, files: UserFiles, { remedy, place }: Known = {}): Failure {
  const frames = userFrames(thrown, files);
  const { file, line, column } = frames[0] ?? place ?? {};
  return {
    code,
    message: isError(thrown) ? messageOf(thrown) : `${preview(thrown)} was thrown`,
    ...(remedy === undefined ? {} : { remedy }),
    ...(file === undefined ? {} : { file }),
    ...(line === undefined ? {} : { line }),
    ...(column === undefined || column === 0 ? {} : { column }),
    ...(frames.length > 0 ? { stack: frames.map(frameText).join("\n") } : {}),
  };
}

/** A text for anything thrown. For an error, it is the whole message, up to a maximum length. */
export function messageOf(thrown: unknown, most = mostMessage): string {
  const message = isError(thrown) ? errorMessage(thrown) : undefined;
  if (message === undefined || message.length > most) return preview(thrown);
  const [name] = preview(thrown).split(": ", 1);
  return message === "" ? preview(thrown) : `${name}: ${message}`;
}

/** The frames of an error's stack that are in the user's files, innermost first. */
export function userFrames(thrown: unknown, files: UserFiles): YieldPoint[] {
  return stackText(thrown)
    .split("\n")
    .flatMap((line) => parseFrame(line) ?? [])
    .filter(({ file }) => files.has(file))
    .slice(0, mostFrames)
    .map((frame) => (files.hasColumns ? frame : { ...frame, column: 0 }));
}

/** A frame in the engine's format. */
export function frameText({ file, line, column, function: name }: YieldPoint): string {
  const place = column > 0 ? `${file}:${line}:${column}` : `${file}:${line}`;
  return name === anonymous ? `    at ${place}` : `    at ${name} (${place})`;
}

const anonymous = "(anonymous)";
const frameForm = /^\s*at (?:async )?(?:(.*) \()?((?:file:\/\/)?(?:\/|[A-Za-z]:[\\/]).*?):(\d+):(\d+)\)?$/;

function parseFrame(line: string): YieldPoint | undefined {
  const match = frameForm.exec(line);
  if (!match || line.includes("eval at ")) return headFrame(line);
  const [, name = anonymous, file = "", number, column] = match;
  return { function: name, file, line: Number(number), column: Number(column) };
}

/** The location of a syntax error found by V8, which is in the first line of the stack as `file:line`. */
function headFrame(line: string): YieldPoint | undefined {
  const match = /^((?:\/|[A-Za-z]:[\\/])[^()]*):(\d+)$/.exec(line);
  return match ? { function: anonymous, file: match[1] ?? "", line: Number(match[2]), column: 0 } : undefined;
}

/** A request that does not fit what the runner does at present. */
export function badRequest(message: string, remedy?: string): RequestError {
  return new RequestError({ code: "bad-request", message, ...(remedy === undefined ? {} : { remedy }) });
}
