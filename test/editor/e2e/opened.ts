// The packaged extension in a served VS Code: a window and a folder for each suite, or for several of them.
import { rmSync } from "node:fs";
import { writeFile } from "node:fs/promises";
import path from "node:path";
import { openWorkbench, type Workbench } from "../../vscode/drive";
import { examples, removeFolder, temporaryFolder } from "../../vscode/workspace";
import { PanelPage } from "./panelPage";
import { closeVSCode, type Installed, installedVSCode, sharedVSCode } from "./shared";

export interface OpenOptions {
  /** Files to add to the copy of the examples, by name. */
  files?: Readonly<Record<string, string>>;
  size?: { width: number; height: number };
  /** The folder has nothing but these files. */
  empty?: boolean;
  /** For a suite that ends the server: it has a server and a browser of its own. */
  alone?: boolean;
}

/** Opens a copy of the examples, unless `empty`, in a VS Code with the packaged extension. */
export async function openExtension({ files = {}, size, empty = false, alone = false }: OpenOptions = {}): Promise<Opened> {
  const folder = await temporaryFolder(empty ? undefined : examples);
  await writeFiles(folder, files);
  const installed = await (alone ? installedVSCode() : sharedVSCode());
  const { served, context } = installed;
  try {
    const workbench = await openWorkbench({ served, folder, context, ...(size ? { size } : {}) });
    return new Opened(workbench, folder, installed, alone);
  } catch (error) {
    if (alone) await closeVSCode(installed);
    throw error;
  }
}

let common: Promise<Opened> | undefined;

/**
 * A window without side bar that suites use one after the other, since opening one takes as long as many steps. It is for suites that only
 * start examples, and look at nothing that earlier sessions leave. They call `leave` at their end. VS Code lists the files that it already
 * knew while it looks for new ones, so the first file that a suite opens must be an example.
 */
export async function openCommon({ files = {}, size = { width: 1600, height: 1100 } }: CommonOptions = {}): Promise<Opened> {
  common ??= openWithoutSideBar().catch((error) => {
    common = undefined;
    throw error;
  });
  const opened = await common;
  await opened.workbench.page.setViewportSize(size);
  await writeFiles(opened.folder, files);
  return opened;
}

type CommonOptions = Pick<OpenOptions, "files" | "size">;

async function openWithoutSideBar(): Promise<Opened> {
  const opened = await openExtension();
  process.once("exit", () => rmSync(opened.folder, { recursive: true, force: true, maxRetries: 3 }));
  await opened.workbench.runCommand("View: Toggle Primary Side Bar Visibility");
  return opened;
}

async function writeFiles(folder: string, files: Readonly<Record<string, string>>): Promise<void> {
  await Promise.all(Object.entries(files).map(([name, text]) => writeFile(path.join(folder, name), text)));
}

/** The state that `openExtension` and `openCommon` return. */
export class Opened {
  constructor(
    readonly workbench: Workbench,
    readonly folder: string,
    private readonly installed: Installed,
    private readonly alone: boolean,
  ) {}

  /** The folder of the server's settings, extensions, logs and state. */
  get userDataDir(): string {
    return this.installed.userDataDir;
  }

  /** The open panel; call it again after the panel was closed, hidden or reloaded. */
  async panel(): Promise<PanelPage> {
    return new PanelPage(await this.workbench.webviewFrame(PanelPage.selector));
  }

  /** Clicks the first lens of a file with that text. @returns the panel, once the session rests before its first step */
  async begin(file: string, lens: string): Promise<PanelPage> {
    const { workbench } = this;
    if ((await workbench.groups().count()) > 1) await workbench.focusFirstGroup();
    await workbench.openFile(file);
    await workbench.lens(lens).first().waitFor();
    await workbench.clickLens(lens, 0);
    const panel = await this.panel();
    await panel.shows(new RegExp(`^Before step 1.*${path.basename(file).replace(".", "\\.")}.*· paused`, "s"));
    return panel;
  }

  /** Leaves the common window to the next suite: without open editors, in the settings of before. */
  async leave(): Promise<void> {
    try {
      await this.workbench.closeAllTabs();
      await this.workbench.resetSettings();
    } catch (error) {
      common = undefined;
      await this.close();
      throw error;
    }
  }

  /** Closes the window, and removes what the suite used alone. */
  async close(): Promise<void> {
    await this.workbench.close();
    if (this.alone) await closeVSCode(this.installed);
    await removeFolder(this.folder);
  }
}
