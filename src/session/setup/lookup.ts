/**
 * Finds a setup by its name, in a folder or the folders above it.
 */
import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { listed, nearest } from "../../core/nearest";
import { UserError } from "../common/errors";
import { readSetups, type Setup, setupsPath } from "./setups";

/**
 * The setup with a name in the nearest file with setups.
 *
 * @param from the absolute path of the folder where the search for the file starts
 * @throws SetupError if the setup or the file is invalid; UserError if there is no such file, or no such setup in it
 */
export function setupNamed(name: string, from: string): Setup {
  const [found] = setupsNamed([name], from);
  if (found instanceof UserError || found === undefined) throw found;
  return found;
}

/**
 * The setups with some names in the nearest file with setups, or the error of each that is invalid or does not exist.
 *
 * @throws SetupError if the file is invalid; UserError if there is none
 */
export function setupsNamed(names: readonly string[], from: string): (Setup | UserError)[] {
  const folder = folderWithSetups(from);
  if (folder === undefined) {
    throw new UserError(`There is no ${setupsPath} in ${from} or above it.`, "Create one, or run this in a folder that has one.");
  }
  const path = join(folder, setupsPath);
  const { entries, problem } = readSetups(folder, readText(path));
  if (problem) throw problem;
  const known = [...new Set(entries.map((each) => each.name))];
  // If a name is there twice, the second entry is the error.
  return names.map((name) => entries.findLast((entry) => entry.name === name)?.setup ?? unknown(name, path, known));
}

function folderWithSetups(from: string): string | undefined {
  if (existsSync(join(from, setupsPath))) return from;
  const above = dirname(from);
  return above === from ? undefined : folderWithSetups(above);
}

function readText(path: string): string {
  try {
    return readFileSync(path, "utf8").replace(/^\ufeff/, "");
  } catch (cause) {
    throw new UserError(`${path} cannot be read.`, "Check that it is a file, and that you may read it.", { cause });
  }
}

function unknown(name: string, path: string, names: readonly string[]): UserError {
  const meant = nearest(name, names);
  const known = names.length === 0 ? "It has no setups." : `The setups are ${listed(names)}.`;
  return new UserError(
    `There is no setup "${name}" in ${path}.`,
    meant === undefined ? known : `Did you mean "${meant}"? ${known}`,
  );
}
