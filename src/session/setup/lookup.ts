/**
 * Finds a setup by its name, from a folder upwards.
 */
import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { listed, nearest } from "../../core/nearest";
import { UserError } from "../common/errors";
import { readSetups, type Setup, SetupError, setupsPath } from "./setups";

/**
 * The setup of that name in the nearest file with setups.
 *
 * @param from absolute: it is looked for there and in the folders above
 * @throws SetupError when something in the file is wrong; UserError when there is no such file, or no such setup in it
 */
export function setupNamed(name: string, from: string): Setup {
  const folder = folderWithSetups(from);
  if (folder === undefined) {
    throw new UserError(`There is no ${setupsPath} in ${from} or above it.`, "Create one, or run this in a folder that has one.");
  }
  const path = join(folder, setupsPath);
  const { entries, problem } = readSetups(folder, readText(path));
  if (problem) throw problem;
  const entry = entries.find((each) => each.name === name);
  if (!entry)
    throw unknown(
      name,
      path,
      entries.map((each) => each.name),
    );
  if (entry.setup instanceof SetupError) throw entry.setup;
  return entry.setup;
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
