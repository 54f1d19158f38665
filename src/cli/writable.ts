/**
 * Checks that a command's output file can be written, before the work for it is done.
 */
import { constants } from "node:fs";
import { access } from "node:fs/promises";
import { dirname } from "node:path";
import { UserError } from "../session/common/errors";

/** @throws UserError if the file's folder does not exist, or cannot be written to */
export async function mustBeWritable(path: string): Promise<void> {
  const folder = dirname(path);
  await access(folder, constants.W_OK).catch((cause: unknown) => {
    throw new UserError(`Nothing can be written to the folder ${folder}.`, "Choose a file in another folder.", { cause });
  });
}

/** @throws UserError if writing fails */
export async function mustBeWritten(path: string, writing: Promise<void>): Promise<void> {
  await writing.catch((cause: unknown) => {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new UserError(`${path} could not be written: ${reason}`, "Free some disk space, or choose another file.", { cause });
  });
}
