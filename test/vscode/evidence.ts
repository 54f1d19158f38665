/**
 * What a failed test leaves to be looked at, in out/failed: a picture of every page that is open, and the logs of every VS Code
 * that is served. Whoever opens one tells it here.
 */
import { cp, mkdir, rm } from "node:fs/promises";
import path from "node:path";
import type { Browser } from "playwright-core";
import { tellOfEvidence } from "./evidenceNote";
import { root } from "./run";

const browsers = new Set<Browser>();
const logFolders = new Set<string>();

/** From now on until it is closed, its pages are part of what a failure leaves. */
export function watchBrowser(browser: Browser): void {
  browsers.add(browser);
  browser.on("disconnected", () => browsers.delete(browser));
}

/** From now on, the logs below the folder of a served VS Code are part of what a failure leaves. @returns how to end that */
export function watchLogs(userDataDir: string): () => void {
  logFolders.add(userDataDir);
  return () => logFolders.delete(userDataDir);
}

/** Keeps what there is to be seen now, where anything is open, and lets the error say where it is. */
export async function addEvidence(error: Error, title: string): Promise<void> {
  const folder = await keepEvidence(title);
  if (folder === undefined) return;
  tellOfEvidence(error, folder);
}

/** Keeps what there is to be seen now. @returns the folder of it, from the root, or undefined where nothing is open */
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

/** A title as the name of a folder. */
function nameOf(title: string): string {
  return title
    .replace(/[^\p{L}\p{N}]+/gu, "-")
    .replace(/^-|-$/g, "")
    .slice(0, 120);
}

async function keepPages(browser: Browser, folder: string): Promise<void> {
  const pages = browser.contexts().flatMap((context) => context.pages());
  const kept = pages.map((page, index) => page.screenshot({ path: path.join(folder, `page-${index + 1}.png`), timeout: 10_000 }));
  await Promise.allSettled(kept); // a page that hangs or is going away has no picture
}

/** The server's own log, and those of the windows and extension hosts. */
async function keepLogs(userDataDir: string, folder: string): Promise<void> {
  const kept = ["server.log", path.join("data", "logs")].map((name) =>
    cp(path.join(userDataDir, name), path.join(folder, path.basename(name)), { recursive: true }),
  );
  await Promise.allSettled(kept); // one that failed to start may have none of them
}
