/**
 * The first five minutes: the examples as files of the user, and the walkthrough.
 */
import { commands, type Disposable, type ExtensionContext, workspace } from "vscode";
import { type CommandName, commandIds } from "../commandIds";
import { report } from "../feedback";
import { arriveIfAwaited, openWalkthrough, showExample } from "./arrival";
import { folderWithExamples, openExamples } from "./openExamples";

/** The handlers of these commands. */
export function startCommands(context: ExtensionContext) {
  return {
    openExamples: (given?: unknown) => openExamples(context, given),
    openWalkthrough,
    runExample: () => runExample(context),
  } satisfies Partial<Record<CommandName, (given?: unknown) => unknown>>;
}

/** Tells VS Code whether the window has the examples, and shows where to begin if they were just opened. */
export function attendExamples(context: ExtensionContext): Disposable {
  const tell = () => void commands.executeCommand("setContext", "yieldpoint.hasExamples", folderWithExamples() !== undefined);
  tell();
  arriveIfAwaited(context, folderWithExamples()).catch(report);
  return workspace.onDidChangeWorkspaceFolders(tell);
}

/** Does what a click on the lens of the first example does. Without the examples in this window, asks where to copy them. */
async function runExample(context: ExtensionContext): Promise<void> {
  const folder = folderWithExamples();
  if (folder === undefined) return openExamples(context, "walkthrough");
  await showExample(folder);
  await commands.executeCommand(commandIds.runTasks);
}
