/**
 * Before the first test, and outside of its time limit: on a new machine VS Code and the browser have to be installed.
 */
import { obtainChromium, obtainServedVSCode } from "../../vscode/obtain";

export async function mochaGlobalSetup(): Promise<void> {
  await obtainServedVSCode();
  await obtainChromium();
}
