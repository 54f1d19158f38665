// Runs the mocha suites of test/editor inside the extension host of a served VS Code, and exits with their exit code. Arguments select
// files, and `-g PATTERN` selects tests by title.
import { createWriteStream, type WriteStream } from "node:fs";
import { rename, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { format, parseArgs } from "node:util";
import { preferInterpreterToScript } from "../interpreter";
import { bundleSuites } from "./bundleSuites";
import { openWorkbench } from "./drive";
import { addEvidence, keepEvidence } from "./evidence";
import { obtainServedVSCode } from "./obtain";
import { cache, root, runMain, say } from "./run";
import { type Served, serve } from "./serve";
import { evidenceFile, suiteLine } from "./suiteLine";
import { examples, removeFolder, temporaryFolder } from "./workspace";

/** The log of VS Code itself, without mocha's lines. */
const hostLog = path.join(cache, "host-suite.log");
/** Ends a hanging run; many times longer than the suites take. */
const timeLimitMs = 1_200_000;

async function runSuites(): Promise<number> {
  preferInterpreterToScript();
  const { values, positionals: files } = parseArgs({ options: { grep: { type: "string", short: "g" } }, allowPositionals: true });
  const extensionTestsPath = await bundleSuites({ files, isWatched: true, ...values });
  const userDataDir = await temporaryFolder();
  const folder = await temporaryFolder(examples);
  // Setups in the folder activate the extension at once; the suites write their own, and begin without.
  await rm(path.join(folder, ".vscode"), { recursive: true });
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
      await page.exposeFunction("codeAutomationLog", (type: string, args: unknown[]) => {
        const text = format(...args);
        const title = suiteLine.failed(text);
        if (title === undefined) print(log, type, text);
        else void keepEvidence(title).then((kept) => tell(extensionTestsPath, kept));
      });
      await page.exposeFunction("codeAutomationExit", (code: number) => report(code));
    },
  });
  try {
    return await result;
  } catch (error) {
    if (error instanceof Error) await addEvidence(error, "the suites in VS Code");
    throw error;
  } finally {
    log.end();
    await workbench.close();
  }
}

/** Tells the suites where the evidence of a failure is. The file is renamed into place, so that it is always complete. */
async function tell(extensionTestsPath: string, kept: string | undefined): Promise<void> {
  const file = path.join(path.dirname(extensionTestsPath), evidenceFile);
  await writeFile(`${file}.new`, JSON.stringify(kept));
  await rename(`${file}.new`, file);
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
    say(`The suites failed. VS Code's log: ${hostLog}`);
  }
  return code;
});
