/**
 * The extension's entry: builds the parts and wires them together, nothing else.
 */
import type { ExtensionContext } from "vscode";
import { registerCommands } from "./editor/commands";
import { Lenses } from "./editor/lenses";
import { Marks } from "./editor/marks";
import { PanelHost } from "./editor/panelHost";
import { Sessions } from "./editor/sessions";
import { StatusItem } from "./editor/statusItem";
import { Tasks } from "./editor/tasks";

/** Called by VS Code when a file is opened that may hold generator functions, or a command is used. */
export function activate(context: ExtensionContext): void {
  const sessions = new Sessions(context);
  const lenses = new Lenses(sessions);
  const panel = new PanelHost(sessions);
  const tasks = new Tasks(sessions, lenses, panel);
  context.subscriptions.push(
    sessions,
    lenses,
    panel,
    new Marks(sessions),
    new StatusItem(sessions),
    registerCommands(sessions, tasks, panel),
  );
}
