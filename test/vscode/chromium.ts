// Starts a Chromium for tests, without the features that they do not need.
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
 * Starts the browser, and installs it if it is missing.
 * @throws MissingPackagesError
 */
export async function launchChromium(): Promise<Browser> {
  const browser = await chromium.launch({ executablePath: await obtainChromium(), args: flags });
  watchBrowser(browser);
  return browser;
}
