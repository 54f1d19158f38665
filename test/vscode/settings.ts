// The settings of a served VS Code: quiet by default, so that only the extension under test is visible.
import { mkdir, writeFile } from "node:fs/promises";
import path from "node:path";

/** Settings by their dotted names, as in settings.json. */
export type Settings = Readonly<Record<string, unknown>>;

/** Keeps VS Code from opening, asking or fetching anything by itself. */
export const quietSettings: Settings = {
  "chat.disableAIFeatures": true,
  "chat.commandCenter.enabled": false,
  "extensions.autoCheckUpdates": false,
  "extensions.autoUpdate": false,
  "extensions.ignoreRecommendations": true,
  "files.exclude": { "**/.vscode": true },
  "git.enabled": false,
  "js/ts.tsserver.automaticTypeAcquisition.enabled": false,
  "js/ts.tsserver.useSyntaxServer": "never",
  "security.workspace.trust.enabled": false,
  "telemetry.telemetryLevel": "off",
  "update.mode": "none",
  "update.showReleaseNotes": false,
  "window.autoDetectColorScheme": false,
  "window.commandCenter": false,
  "workbench.colorTheme": "Dark Modern",
  "workbench.editor.enablePreview": false,
  "workbench.enableExperiments": false,
  "workbench.secondarySideBar.defaultVisibility": "hidden",
  "workbench.startupEditor": "none",
  "workbench.tips.enabled": false,
  "workbench.welcomePage.walkthroughs.openOnInstall": false,
};

/** Keeps VS Code from drawing what no test looks at: without a graphics card, rounded corners alone take half the time of a frame. */
export const plainSettings: Settings = {
  "editor.cursorBlinking": "solid",
  "editor.minimap.enabled": false,
  "window.title": "Yieldpoint",
  "workbench.experimental.modernUI": false,
  "workbench.reduceMotion": "on",
};

/** Writes the settings.json of a folder: `User` below the server's data for user settings, `.vscode` for a workspace's. */
export async function writeSettings(folder: string, settings: Settings): Promise<void> {
  await mkdir(folder, { recursive: true });
  await writeFile(path.join(folder, "settings.json"), JSON.stringify(settings, null, 2));
}
