/**
 * Errors that say why a trace file cannot be opened or written.
 */
import { UserError } from "../common/errors";

/** The file has nothing that could be shown. */
export class TraceFileError extends UserError {
  override readonly name: string = "TraceFileError";
}

/** The file is not a trace. */
export class NotATraceError extends TraceFileError {
  override readonly name = "NotATraceError";

  constructor(what: string) {
    super(`${what} is not a Yieldpoint trace.`, "Choose a file that was saved with Save Trace.");
  }
}

/** The file is from a later version. */
export class TraceVersionError extends TraceFileError {
  override readonly name = "TraceVersionError";

  constructor(what: string, version: number, known: number) {
    super(
      `${what} is a trace of format version ${version}; this version of Yieldpoint reads up to ${known}.`,
      "Update the extension.",
    );
  }
}
