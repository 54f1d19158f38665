// What the editor itself takes, seen in an extension of a few lines, and the extension beside it.
import path from "node:path";
import { createVSIX } from "@vscode/vsce";
import { openExtension } from "../editor/e2e/opened";
import { closeVSCode, type Installed, installedVSCode } from "../editor/e2e/shared";
import { openWorkbench, type Workbench } from "../vscode/drive";
import { examples, removeFolder, temporaryFolder } from "../vscode/workspace";
import { median, percentile } from "./benchSession";
import { latenciesIn, watch } from "./painted";

export const figures = ["echo.latency", "lens.first"];

const clicks = 200;
const windows = 5;
const file = "counter-and-bogosort.ts";

/**
 * Reports echo.latency.p50 and .p95: from a click in a page to the frame with the extension's answer. lens.first.ms: from the first
 * line of a file that is opened in a new window to its first lens, and lens.first.bare.ms, the same with the bare extension.
 */
export async function bench(report: (name: string, value: number, unit: string) => void): Promise<void> {
  const folder = await temporaryFolder(examples);
  const vsix = path.join(folder, "bare.vsix");
  await createVSIX({
    cwd: path.join(__dirname, "bare"),
    packagePath: vsix,
    dependencies: false,
    allowMissingRepository: true,
    skipLicense: true,
  });
  const bare = await installedVSCode(vsix);
  try {
    const latencies = await inBare(bare, folder, echoLatencies);
    report("echo.latency.p50", percentile(latencies, 0.5), "ms");
    report("echo.latency.p95", percentile(latencies, 0.95), "ms");
    const own: number[] = [];
    const others: number[] = [];
    while (own.length < windows) {
      others.push(await inBare(bare, folder, (workbench) => lensMillis(workbench, "Bare lens")));
      const opened = await openExtension();
      own.push(await lensMillis(opened.workbench, "Run as cooperative task").finally(() => opened.close()));
    }
    report("lens.first.ms", median(own), "ms");
    report("lens.first.bare.ms", median(others), "ms");
  } finally {
    await closeVSCode(bare);
    await removeFolder(folder);
  }
}

async function inBare<T>({ served, context }: Installed, folder: string, use: (workbench: Workbench) => Promise<T>): Promise<T> {
  const workbench = await openWorkbench({ served, folder, context });
  return use(workbench).finally(() => workbench.close());
}

async function echoLatencies(workbench: Workbench): Promise<number[]> {
  await workbench.openFile(file);
  await workbench.lens("Bare lens").click();
  const frame = await workbench.webviewFrame("#echo");
  await watch(frame);
  for (let count = 1; count <= clicks; count += 1) {
    await frame.locator("#echo").click();
    await frame
      .locator("output")
      .filter({ hasText: new RegExp(`^${count}$`) })
      .waitFor();
  }
  return latenciesIn(frame, clicks);
}

/** Runs in the page: the times of the first line of a text, and of the first lens. */
const seen = `(() => {
  const seen = (globalThis.seen = {});
  const look = () => {
    if (document.querySelector(".editor-instance .view-line")) seen.line ??= performance.now();
    if (document.querySelector(".codelens-decoration a")) seen.lens ??= performance.now();
  };
  new MutationObserver(look).observe(document.body, { subtree: true, childList: true });
})()`;

async function lensMillis(workbench: Workbench, text: string): Promise<number> {
  await workbench.page.evaluate(seen);
  await workbench.openFile(file);
  await workbench.lens(text).first().waitFor();
  const { line, lens } = await workbench.page.evaluate<{ line: number; lens: number }>("seen");
  return lens - line;
}
