/**
 * The real bundle and styles in a real Chromium, under the CSP of the host's page. The tests are the host: this mock stands
 * in for VS Code's postMessage alone.
 */
import { readFile } from "node:fs/promises";
import { build } from "esbuild";
import type { Browser, Page } from "playwright-core";
import type { FromPanel } from "../../src/protocol/panel";
import { timelineReply } from "../../src/session/analysis/timeline";
import { rows } from "./recorded";
import { type Answer, sourceOfRows } from "./runs";

const origin = "http://panel.test";
const folders: Record<string, string> = { page: "test/panel/page", dist: "dist/panel" };
const types: Record<string, string> = { html: "text/html", css: "text/css", js: "text/javascript", ttf: "font/ttf" };

/** The last steps of a long run are enough of a timeline. */
const timelineRows = 2_000;

/** Answers rows of a run with that many steps, and what its timeline asks. */
export function answerRows(head: number): Answer {
  const source = sourceOfRows(rows(Math.max(1, head - timelineRows + 1), timelineRows, head), head);
  return (message) => {
    if (message.type === "timeline") return timelineReply(source, message);
    return message.type === "rows" ? { type: "rows", id: message.id, rows: rows(message.from, message.count, head) } : undefined;
  };
}

/** The page, as far as the tests call it: typed arrays get there as they are. */
interface Hosted {
  readonly testHost: { say(messages: unknown[]): void; show(messages: unknown[]): Promise<void> };
}

/** The panel in a page, and the host that the test plays. */
export class Panel {
  /** What the page complained of: uncaught errors, CSP violations. */
  readonly complaints: string[] = [];
  answer: Answer = () => undefined;

  private constructor(readonly page: Page) {}

  /** Opens the page, with nothing said to it yet. */
  static async open(browser: Browser, size = { width: 720, height: 800 }): Promise<Panel> {
    const context = browser.contexts()[0] ?? (await browser.newContext());
    const page = await context.newPage();
    await page.setViewportSize(size);
    const panel = new Panel(page);
    page.on("pageerror", (error) => panel.complaints.push(String(error)));
    page.on("console", (message) => {
      if (/Content Security Policy|Refused to/.test(message.text())) panel.complaints.push(message.text());
    });
    await page.exposeFunction("panelPosted", (message: FromPanel) => panel.reply(message));
    await page.addInitScript(await hostScript());
    await page.route(`${origin}/**`, async (route) => {
      const [folder = "", name = ""] = new URL(route.request().url()).pathname.slice(1).split("/");
      const body = await readFile(`${folders[folder] ?? ""}/${name}`);
      await route.fulfill({ body, contentType: types[name.split(".").pop() ?? ""] ?? "text/plain" });
    });
    await page.goto(`${origin}/page/index.html`);
    return panel;
  }

  /** Delivers messages, and waits until what they change is on the screen. */
  async say(...messages: unknown[]): Promise<void> {
    await this.page.evaluate((messages) => (globalThis as unknown as Hosted).testHost.show(messages), messages);
  }

  /** Delivers messages that may change nothing. */
  async tell(...messages: unknown[]): Promise<void> {
    await this.page.evaluate((messages) => (globalThis as unknown as Hosted).testHost.say(messages), messages);
  }

  /** Presses keys, one after the other, each when what the one before it changed is drawn: that is in the next frame. */
  async press(...keys: string[]): Promise<void> {
    for (const key of keys) {
      await this.page.keyboard.press(key);
      await this.page.evaluate("new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn)))");
    }
  }

  /** What the panel posted, of one type. */
  async posted<T extends FromPanel["type"]>(type: T): Promise<Extract<FromPanel, { type: T }>[]> {
    return await this.page.evaluate(`testHost.posted.filter((message) => message.type === ${JSON.stringify(type)})`);
  }

  /** What a person reads there, on one line. */
  async text(selector: string): Promise<string> {
    // biome-ignore lint/performance/useDomNodeTextContent: cells and lines are told apart as they are on the screen
    return (await this.page.locator(selector).innerText()).replace(/\s+/g, " ").trim();
  }

  /** Puts a theme on, as VS Code does by the body's class. */
  async theme(classes: string): Promise<void> {
    await this.page.evaluate(`document.body.className = ${JSON.stringify(classes)}`);
  }

  private async reply(message: FromPanel): Promise<void> {
    const answer = await this.answer(message);
    if (answer) await this.tell(answer);
  }
}

let script: Promise<string> | undefined;

/** The page's side of the mock, as one script. */
function hostScript(): Promise<string> {
  script ??= build({ entryPoints: ["test/panel/page/host.ts"], bundle: true, format: "iife", write: false }).then(
    (result) => result.outputFiles[0]?.text ?? "",
  );
  return script;
}
