/**
 * Before the first test, and outside of its time limit: on a new machine the browser has to be installed.
 */
import { obtainChromium } from "../vscode/obtain";

export async function mochaGlobalSetup(): Promise<void> {
  await obtainChromium();
}
