// Runs the mocha suites of test/editor inside the extension host of a served VS Code; the exit code is theirs.
import { createWriteStream, type WriteStream } from "node:fs";
import path from "node:path";
import { format } from "node:util";
import { bundleSuites } from "./bundleSuites";
import { openWorkbench } from "./drive";
import { obtainServedVSCode } from "./obtain";
import { cache, root, runMain, say } from "./run";
import { type Served, serve } from "./serve";
import { suiteLine } from "./suiteLine";
import { examples, removeFolder, temporaryFolder } from "./workspace";

/** What VS Code itself logs, apart from mocha's lines. */
const hostLog = path.join(cache, "host-suite.log");
const timeLimitMs = 300_000;

async function runSuites(): Promise<number> {
  const extensionTestsPath = await bundleSuites();
  const userDataDir = await temporaryFolder();
  const folder = await temporaryFolder(examples);
  const served = await serve({ vscode: await obtainServedVSCode(), userDataDir });
  try {
    return await resultOf(served, folder, extensionTestsPath);
  } finally {
    await served.stop();
    await Promise.all([userDataDir, folder].map(removeFolder));
  }
}

async function resultOf(served: Served, folder: string, extensionTestsPath: string): Promise<number> {
  let report: (code: number) => void = () => {};
  const result = new Promise<number>((resolve, reject) => {
    report = resolve;
    setTimeout(() => reject(new Error(`the suites did not end in ${timeLimitMs} ms`)), timeLimitMs).unref();
  });
  const log = createWriteStream(hostLog);
  const workbench = await openWorkbench({
    served,
    folder,
    payload: { extensionDevelopmentPath: root, extensionTestsPath },
    async prepare(page) {
      await page.exposeFunction("codeAutomationLog", (type: string, args: unknown[]) => print(log, type, format(...args)));
      await page.exposeFunction("codeAutomationExit", (code: number) => report(code));
    },
  });
  try {
    return await result;
  } finally {
    log.end();
    await workbench.close();
  }
}

function print(log: WriteStream, type: string, text: string): void {
  const line = suiteLine.unmark(text);
  if (line === undefined) {
    log.write(`${type} ${text}\n`);
  } else {
    console.log(line);
  }
}

runMain(async () => {
  const code = await runSuites();
  if (code !== 0) {
    say(`The suites failed. What VS Code logged meanwhile: ${hostLog}`);
  }
  return code;
});
