// The packaged extension in a served VS Code, with its own server, browser and folder for each suite.
import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { writeFile } from "node:fs/promises";
import path from "node:path";
import { openWorkbench, type Workbench } from "../../vscode/drive";
import { obtainServedVSCode } from "../../vscode/obtain";
import { root } from "../../vscode/run";
import { type Served, serve } from "../../vscode/serve";
import { examples, removeFolder, temporaryFolder } from "../../vscode/workspace";
import { PanelPage } from "./panelPage";

const vsix = path.join(root, "yieldpoint.vsix");

export interface OpenOptions {
  /** Files to add to the copy of the examples, by name. */
  files?: Readonly<Record<string, string>>;
  size?: { width: number; height: number };
}

/** Installs the VSIX into a new VS Code and opens a copy of the examples there. */
export async function openExtension({ files = {}, size }: OpenOptions = {}): Promise<Opened> {
  assert.ok(existsSync(vsix), "There is no yieldpoint.vsix. Run `npm run package` first.");
  const [folder, userDataDir] = await Promise.all([temporaryFolder(examples), temporaryFolder()]);
  await Promise.all(Object.entries(files).map(([name, text]) => writeFile(path.join(folder, name), text)));
  const served = await serve({ vscode: await obtainServedVSCode(), userDataDir, extensionVsix: vsix });
  try {
    const workbench = await openWorkbench({ served, folder, ...(size ? { size } : {}) });
    return new Opened(workbench, served, folder, userDataDir);
  } catch (error) {
    await served.stop();
    throw error;
  }
}

/** The state that `openExtension` returns. */
export class Opened {
  constructor(
    readonly workbench: Workbench,
    readonly served: Served,
    readonly folder: string,
    readonly userDataDir: string,
  ) {}

  /** The open panel; call it again after the panel was closed, hidden or reloaded. */
  async panel(): Promise<PanelPage> {
    return new PanelPage(await this.workbench.webviewFrame(PanelPage.selector));
  }

  /** Closes the browser, ends the server and removes the folders. */
  async close(): Promise<void> {
    await this.workbench.close();
    await this.served.stop();
    await Promise.all([this.folder, this.userDataDir].map(removeFolder));
  }
}
