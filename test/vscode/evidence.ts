/**
 * Evidence of a failed test, in out/failed: a screenshot of every open page, and the logs of every served VS Code. Code that opens one of
 * them registers it here.
 */
import { cp, mkdir, rm } from "node:fs/promises";
import path from "node:path";
import type { Browser } from "playwright-core";
import { tellOfEvidence } from "./evidenceNote";
import { root } from "./run";

const browsers = new Set<Browser>();
const logFolders = new Set<string>();

/** Until the browser is closed, its pages are part of the evidence. */
export function watchBrowser(browser: Browser): void {
  browsers.add(browser);
  browser.on("disconnected", () => browsers.delete(browser));
}

/** From now on, the logs below the folder of a served VS Code are part of the evidence. @returns a function that ends that */
export function watchLogs(userDataDir: string): () => void {
  logFolders.add(userDataDir);
  return () => logFolders.delete(userDataDir);
}

/** Collects the evidence, if anything is open, and adds its location to the error message. */
export async function addEvidence(error: Error, title: string): Promise<void> {
  const folder = await keepEvidence(title);
  if (folder === undefined) return;
  tellOfEvidence(error, folder);
}

/** Collects the evidence. @returns its folder, relative to the root, or undefined if nothing is open */
export async function keepEvidence(title: string): Promise<string | undefined> {
  if (browsers.size === 0 && logFolders.size === 0) return undefined;
  const folder = path.join("out", "failed", nameOf(title));
  const target = path.join(root, folder);
  await rm(target, { recursive: true, force: true });
  await mkdir(target, { recursive: true });
  await Promise.all([
    ...[...browsers].map((browser) => keepPages(browser, target)),
    ...[...logFolders].map((logs) => keepLogs(logs, target)),
  ]);
  return folder;
}

/** Converts a title to a folder name. */
function nameOf(title: string): string {
  return title
    .replace(/[^\p{L}\p{N}]+/gu, "-")
    .replace(/^-|-$/g, "")
    .slice(0, 120);
}

async function keepPages(browser: Browser, folder: string): Promise<void> {
  const pages = browser.contexts().flatMap((context) => context.pages());
  const kept = pages.map((page, index) => page.screenshot({ path: path.join(folder, `page-${index + 1}.png`), timeout: 10_000 }));
  await Promise.allSettled(kept); // a page that hangs or is closing cannot be captured
}

/** Copies the server's own log, and those of the windows and extension hosts. */
async function keepLogs(userDataDir: string, folder: string): Promise<void> {
  const kept = ["server.log", path.join("data", "logs")].map((name) =>
    cp(path.join(userDataDir, name), path.join(folder, path.basename(name)), { recursive: true }),
  );
  await Promise.allSettled(kept); // a server that failed to start may have none
}
