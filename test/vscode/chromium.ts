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
  // VS Code is one script of 19 MB. The first error thrown in it has V8 compile it again, unless V8 notes all source positions at once.
  "--js-flags=--no-enable-lazy-source-positions",
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
