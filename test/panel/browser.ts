/**
 * The real bundle and styles in a real Chromium, under the CSP of the host's page. The tests act as the host; only VS Code's postMessage
 * is mocked.
 */
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { build } from "esbuild";
import type { BrowserContext, Page } from "playwright-core";
import type { FromPanel } from "../../src/protocol/panel";
import { timelineReply } from "../../src/session/analysis/timeline";
import { launchChromium } from "../vscode/chromium";
import { rows } from "./recorded";
import { type Answer, sourceOfRows } from "./runs";

const origin = "http://panel.test";
const folders: Record<string, string> = { page: "test/panel/page", dist: "dist/panel" };
const types: Record<string, string> = { html: "text/html", css: "text/css", js: "text/javascript", ttf: "font/ttf" };

/** The timeline is made of at most this many last steps, which is enough for the tests. */
const timelineRows = 2_000;

/** Answers requests for rows and for the timeline, for a run of `head` steps. */
export function answerRows(head: number): Answer {
  const source = sourceOfRows(rows(Math.max(1, head - timelineRows + 1), timelineRows, head), head);
  return (message) => {
    if (message.type === "timeline") return timelineReply(source, message);
    return message.type === "rows" ? { type: "rows", id: message.id, rows: rows(message.from, message.count, head) } : undefined;
  };
}

/** The part of the page that tests call. Typed arrays are passed unchanged. */
interface Hosted {
  readonly testHost: { say(messages: unknown[]): void; show(messages: unknown[]): Promise<void> };
}

/** The panel that a page shows. */
const shown = new WeakMap<Page, Panel>();
/** Tabs that tests have closed. */
const idle: Page[] = [];
let context: Promise<BrowserContext> | undefined;
/** How many panels were opened. */
let opened = 0;

/** A context in the browser of all suites of a process. */
export function sharedContext(): Promise<BrowserContext> {
  context ??= launchChromium()
    .then((browser) => browser.newContext())
    .catch((error) => {
      context = undefined;
      throw error;
    });
  return context;
}

/** Ends the browser, after the last suite. A worker of mocha ends without this: then its exit closes the browser. */
export async function closeSharedBrowser(): Promise<void> {
  if (context !== undefined) await (await context).browser()?.close();
}

/** The panel in a page, with the host that the test plays. */
export class Panel {
  /** Errors of the page: uncaught exceptions and CSP violations. */
  readonly complaints: string[] = [];
  answer: Answer = () => undefined;

  private constructor(readonly page: Page) {}

  /** Opens the page without sending it a message. It may be loaded anew in a tab that another test has closed. */
  static async open(size = { width: 720, height: 800 }): Promise<Panel> {
    const page = idle.pop() ?? (await newPage());
    const panel = new Panel(page);
    shown.set(page, panel);
    await page.setViewportSize(size);
    opened += 1;
    await page.goto(`${origin}/page/index.html?${opened}`);
    return panel;
  }

  /** Leaves the page, and keeps its tab for another test: a new tab takes a browser several times as long. */
  async close(): Promise<void> {
    const { page } = this;
    assert.deepEqual(await page.evaluate(withoutPicture), [], "The font has no picture for these icons.");
    await page.goto("about:blank");
    await page.mouse.move(-1, -1);
    shown.delete(page);
    idle.push(page);
  }

  /** Delivers messages, and waits until the changes are on the screen. */
  async say(...messages: unknown[]): Promise<void> {
    await this.page.evaluate((messages) => (globalThis as unknown as Hosted).testHost.show(messages), messages);
  }

  /** Delivers messages that may change nothing. */
  async tell(...messages: unknown[]): Promise<void> {
    await this.page.evaluate((messages) => (globalThis as unknown as Hosted).testHost.say(messages), messages);
  }

  /** Presses keys one after the other, each after the frame that drew the effect of the previous one. */
  async press(...keys: string[]): Promise<void> {
    for (const key of keys) {
      await this.page.keyboard.press(key);
      await this.page.evaluate("new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn)))");
    }
  }

  /** The messages of one type that the panel has posted. */
  async posted<T extends FromPanel["type"]>(type: T): Promise<Extract<FromPanel, { type: T }>[]> {
    return await this.page.evaluate(`testHost.posted.filter((message) => message.type === ${JSON.stringify(type)})`);
  }

  /** The visible text, in one line. */
  async text(selector: string): Promise<string> {
    // biome-ignore lint/performance/useDomNodeTextContent: innerText separates cells and lines as on the screen
    return (await this.page.locator(selector).innerText()).replace(/\s+/g, " ").trim();
  }

  /** Switches to a theme, as VS Code does with the classes of the body. */
  async theme(classes: string): Promise<void> {
    await this.page.evaluate(`document.body.className = ${JSON.stringify(classes)}`);
  }
}

/** Runs in the page: the classes of icons that the font of the build does not have. */
const withoutPicture = `[...document.querySelectorAll(".codicon")]
  .filter((icon) => getComputedStyle(icon, "::before").content === "none")
  .map((icon) => icon.className)`;

async function newPage(): Promise<Page> {
  const page = await (await sharedContext()).newPage();
  page.on("pageerror", (error) => shown.get(page)?.complaints.push(String(error)));
  page.on("console", (message) => {
    if (/Content Security Policy|Refused to/.test(message.text())) shown.get(page)?.complaints.push(message.text());
  });
  // The answer is the result of the page's own call, so it cannot reach another document that the tab shows by then.
  await page.exposeFunction("panelPosted", (message: FromPanel) => shown.get(page)?.answer(message));
  await page.addInitScript(await hostScript());
  await page.route(`${origin}/**`, async (route) => {
    const [folder = "", name = ""] = new URL(route.request().url()).pathname.slice(1).split("/");
    const body = await readFile(`${folders[folder] ?? ""}/${name}`);
    await route.fulfill({ body, contentType: types[name.split(".").pop() ?? ""] ?? "text/plain" });
  });
  return page;
}

let script: Promise<string> | undefined;

/** The page's side of the mock, as a single script. */
function hostScript(): Promise<string> {
  script ??= build({ entryPoints: ["test/panel/page/host.ts"], bundle: true, format: "iife", write: false }).then(
    (result) => result.outputFiles[0]?.text ?? "",
  );
  return script;
}
