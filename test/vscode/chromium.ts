// Starts a Chromium for tests, without what a test needs nothing of.
import { type Browser, chromium } from "playwright-core";
import { watchBrowser } from "./evidence";
import { obtainChromium } from "./obtain";

const flags = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

/**
 * Starts the browser, which is obtained where there is none.
 * @throws MissingPackagesError
 */
export async function launchChromium(): Promise<Browser> {
  const browser = await chromium.launch({ executablePath: await obtainChromium(), args: flags });
  watchBrowser(browser);
  return browser;
}
