/**
 * The examples as files of the user: those in the package are read only, and an update replaces them.
 */
import { existsSync, readFileSync } from "node:fs";
import { mkdir, readdir } from "node:fs/promises";
import { homedir } from "node:os";
import { basename, join } from "node:path";
import { commands, type ExtensionContext, Uri, window, workspace } from "vscode";
import { UserError } from "../../session/common/errors";
import { askOne } from "../prompts/ask";
import { arrive, comeBackTo } from "./arrival";
import { copyFiles, planCopy } from "./copiedFolder";

/** The folder that is made within the one that the user chooses, unless that is empty or has this name. */
const folderName = "yieldpoint-examples";

/** The name in the `package.json` of the examples. */
const packageName = "yieldpoint-examples";

/**
 * Copies the examples to a folder that the user chooses, and opens it, in a new window if this one has a folder. Files that are already there
 * and differ are replaced only if the user says so.
 *
 * @param given `walkthrough` if the walkthrough is to be shown there, too
 * @throws UserError if a file cannot be written
 */
export async function openExamples(context: ExtensionContext, given: unknown): Promise<void> {
  const [chosen] =
    (await window.showOpenDialog({
      title: "Where to copy the examples of Yieldpoint",
      openLabel: "Copy the Examples Here",
      canSelectFiles: false,
      canSelectFolders: true,
      defaultUri: Uri.file(homedir()),
    })) ?? [];
  if (!chosen) return;
  const to = await copied({ from: context.asAbsolutePath(join("media", "examples")), chosen: chosen.fsPath });
  if (to === undefined) return;
  if (folderWithExamples() === to) return arrive(to, given);
  await comeBackTo(context, to, given);
  const forceNewWindow = workspace.workspaceFolders !== undefined;
  await commands.executeCommand("vscode.openFolder", Uri.file(to), { forceNewWindow });
}

/** The folder of this window that has the examples. */
export function folderWithExamples(): string | undefined {
  return workspace.workspaceFolders?.map(({ uri }) => uri.fsPath).find(hasExamples);
}

function hasExamples(folder: string): boolean {
  const file = join(folder, "package.json");
  return existsSync(file) && readFileSync(file, "utf8").includes(`"name": "${packageName}"`);
}

/** @returns the folder with the examples; undefined if the user has cancelled */
async function copied({ from, chosen }: { from: string; chosen: string }): Promise<string | undefined> {
  let to = chosen;
  try {
    to = await targetIn(chosen);
    await mkdir(to, { recursive: true });
    const { missing, different } = await planCopy({ from, to });
    const replaced = different.length === 0 ? [] : await askWhichToReplace(different, to);
    if (!replaced) return undefined;
    await copyFiles({ from, to }, [...missing, ...replaced]);
    return to;
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new UserError(
      `The examples cannot be copied to ${to}: ${why}.`,
      "Choose Yieldpoint: Open Examples again, and a folder that you can write to.",
      { cause: error },
    );
  }
}

async function targetIn(chosen: string): Promise<string> {
  const isOwn = basename(chosen) === folderName || (await readdir(chosen)).length === 0;
  return isOwn ? chosen : join(chosen, folderName);
}

/** @returns the names of files to replace; undefined if the user cancels */
async function askWhichToReplace(names: readonly string[], folder: string): Promise<readonly string[] | undefined> {
  const count = names.length === 1 ? "1 example is" : `${names.length} examples are`;
  const keep = { label: "Keep My Files", description: "copies only what is missing", replaced: [] };
  const replace = {
    label: "Replace Them",
    description: "what you changed in them is lost",
    detail: names.join(", "),
    replaced: names,
  };
  const placeHolder = `${count} already in ${folder}, with another content.`;
  return (await askOne([keep, replace], { title: "Open examples", placeHolder }))?.replaced;
}
