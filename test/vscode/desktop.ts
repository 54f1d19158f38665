// Runs the same suites in a desktop VS Code downloaded by @vscode/test-electron, where a download is possible.
import { downloadAndUnzipVSCode, runTests } from "@vscode/test-electron";
import { bundleSuites } from "./bundleSuites";
import { DownloadError } from "./errors";
import { cache, root, runMain } from "./run";
import { examples, removeFolder, temporaryFolder } from "./workspace";

async function runSuites(): Promise<number> {
  const extensionTestsPath = await bundleSuites();
  const vscodeExecutablePath = await downloadAndUnzipVSCode({ cachePath: cache }).catch((error: unknown) => {
    throw new DownloadError(error);
  });
  const folder = await temporaryFolder(examples);
  try {
    return await runTests({
      vscodeExecutablePath,
      extensionDevelopmentPath: root,
      extensionTestsPath,
      launchArgs: [folder, "--disable-extensions", "--disable-workspace-trust", "--skip-welcome"],
    });
  } finally {
    await removeFolder(folder);
  }
}

runMain(runSuites);
