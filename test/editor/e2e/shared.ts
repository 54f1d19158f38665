/**
 * One served VS Code with the packaged extension, and one browser, for all suites of a process: a workbench that the browser has cached opens
 * in less than half the processor time. Each suite has a page of its own, with empty storage.
 */
import assert from "node:assert/strict";
import { existsSync, rmSync } from "node:fs";
import path from "node:path";
import type { BrowserContext } from "playwright-core";
import { launchChromium } from "../../vscode/chromium";
import { obtainServedVSCode } from "../../vscode/obtain";
import { root } from "../../vscode/run";
import { type Served, serve } from "../../vscode/serve";
import { removeFolder, temporaryFolder } from "../../vscode/workspace";

const vsix = path.join(root, "yieldpoint.vsix");

export interface Installed {
  readonly served: Served;
  readonly userDataDir: string;
  readonly context: BrowserContext;
}

let shared: Promise<Installed> | undefined;

/** Starts them for the first suite that asks. */
export function sharedVSCode(): Promise<Installed> {
  shared ??= installedVSCode().catch((error) => {
    shared = undefined;
    throw error;
  });
  return shared;
}

/** Ends them, after the last suite. A worker of mocha ends without this: then its exit closes the browser, and the server's guardian the server. */
export async function closeShared(): Promise<void> {
  if (shared !== undefined) await closeVSCode(await shared);
}

/** A server and a browser for one suite alone. @param extensionVsix the package that is installed */
export async function installedVSCode(extensionVsix = vsix): Promise<Installed> {
  assert.ok(existsSync(extensionVsix), `There is no ${path.basename(extensionVsix)}. Run \`npm run package\` first.`);
  const userDataDir = await temporaryFolder();
  process.once("exit", () => rmSync(userDataDir, { recursive: true, force: true, maxRetries: 3 }));
  const served = await serve({ vscode: await obtainServedVSCode(), userDataDir, extensionVsix });
  try {
    return { served, userDataDir, context: await (await launchChromium()).newContext() };
  } catch (error) {
    await served.stop();
    throw error;
  }
}

export async function closeVSCode({ served, userDataDir, context }: Installed): Promise<void> {
  await context.browser()?.close();
  await served.stop();
  await removeFolder(userDataDir);
}
