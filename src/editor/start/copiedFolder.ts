/**
 * Copies a folder of text files beside what may already be there.
 */
import { mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import { dirname, join, relative } from "node:path";

export interface CopiedFolder {
  readonly from: string;
  readonly to: string;
}

/** The files of a folder, and which of them are already at the other place. Paths are relative to either folder. */
export interface CopyPlan {
  /** Not there yet. */
  readonly missing: readonly string[];
  /** There, with another content. */
  readonly different: readonly string[];
}

/** Which files would have to be written. @throws the error of the file system if one of them cannot be read */
export async function planCopy({ from, to }: CopiedFolder): Promise<CopyPlan> {
  const missing: string[] = [];
  const different: string[] = [];
  for (const name of await filesIn(from)) {
    const there = await contentOf(join(to, name));
    if (there === undefined) missing.push(name);
    else if (!there.equals(await readFile(join(from, name)))) different.push(name);
  }
  return { missing, different };
}

/** Writes files of a folder to the other place, with the permissions of new files. @throws the error of the file system */
export async function copyFiles({ from, to }: CopiedFolder, names: readonly string[]): Promise<void> {
  for (const name of names) {
    const file = join(to, name);
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, await readFile(join(from, name)));
  }
}

async function filesIn(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries.filter((entry) => entry.isFile()).map(({ parentPath, name }) => relative(folder, join(parentPath, name)));
}

async function contentOf(file: string): Promise<Buffer | undefined> {
  try {
    return await readFile(file);
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return undefined;
    throw error;
  }
}
