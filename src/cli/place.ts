/**
 * Where an error is in the user's files.
 */
import { UserCodeError } from "../session/common/errors";

/** The place, to be written after the message; empty if there is none. */
export function placeOf(error: unknown): string {
  if (!(error instanceof UserCodeError) || !error.failure.file) return "";
  const { file, line, column } = error.failure;
  return ` (${[file, line, column].filter((part) => part !== undefined).join(":")})`;
}
