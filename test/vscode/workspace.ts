// Folders for one run, so that no test writes into the repository or sees what another test left.
import { existsSync } from "node:fs";
import { cp, mkdtemp, realpath, rm } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { root } from "./run";

/** The workspace that a new user sees. */
export const examples = path.join(root, "media", "examples");

/** A new folder outside the repository, optionally with a copy of another folder's files. */
export async function temporaryFolder(from?: string): Promise<string> {
  const folder = await realpath(await mkdtemp(path.join(os.tmpdir(), "yieldpoint-")));
  if (from !== undefined && existsSync(from)) {
    await cp(from, folder, { recursive: true });
  }
  return folder;
}

/** Removes a folder made by `temporaryFolder`. */
export async function removeFolder(folder: string): Promise<void> {
  await rm(folder, { recursive: true, force: true, maxRetries: 3 });
}
