// Drives the interface of a served VS Code through Chromium. Every step waits for what it needs to see.
import { mkdir } from "node:fs/promises";
import path from "node:path";
import type { BrowserContext, Frame, Locator, Page } from "playwright-core";
import { progressed } from "../progress";
import { launchChromium } from "./chromium";
import { addEvidence } from "./evidence";
import { frameHolding } from "./frames";
import type { Payload, Served } from "./serve";
import { type Settings, writeSettings } from "./settings";

/** The built-in themes of the four kinds, and the class that marks each in the workbench. */
export const themes = {
  dark: { name: "Dark Modern", mark: "vs-dark" },
  light: { name: "Light Modern", mark: "vs" },
  highContrast: { name: "Default High Contrast", mark: "hc-black" },
  highContrastLight: { name: "Default High Contrast Light", mark: "hc-light" },
} as const;

export type ThemeKind = keyof typeof themes;

export interface WorkbenchOptions {
  served: Served;
  /** The absolute path of the folder to open; `changeSettings` writes into it, so give it a temporary one. */
  folder: string;
  payload?: Payload;
  size?: { width: number; height: number };
  /** The browser's context to open a page in, which then outlives the workbench; by default one of its own. */
  context?: BrowserContext;
  /** Called before the first page load, to expose functions to the page or to listen to it. */
  prepare?(page: Page): Promise<void>;
}

/** Opens the workbench in a Chromium, and waits until its parts are visible. */
export async function openWorkbench({ served, folder, payload, size, context, prepare }: WorkbenchOptions): Promise<Workbench> {
  const { page, close } = context ? await pageIn(context, served) : await pageAlone();
  try {
    await page.setViewportSize(size ?? { width: 1440, height: 900 });
    page.setDefaultTimeout(patience);
    await prepare?.(page);
    await page.goto(served.url(folder, payload));
    const workbench = new Workbench(page, folder, close);
    await workbench.isUp();
    return workbench;
  } catch (error) {
    if (error instanceof Error) await addEvidence(error, "opening VS Code");
    await close();
    throw error;
  }
}

/** A page, and how to close it with everything that was opened for it. */
interface OpenedPage {
  page: Page;
  close(): Promise<void>;
}

async function pageAlone(): Promise<OpenedPage> {
  const browser = await launchChromium();
  return { page: await browser.newPage(), close: () => browser.close() };
}

/** When it is closed, what VS Code stored in the browser is deleted, but for the cached files. */
async function pageIn(context: BrowserContext, served: Served): Promise<OpenedPage> {
  const page = await context.newPage();
  return {
    page,
    async close() {
      await page.goto("about:blank"); // VS Code ends its extension host when its page is left, not when the tab is closed
      const devTools = await context.newCDPSession(page);
      const { origin } = new URL(served.url("/"));
      await devTools.send("Storage.clearDataForOrigin", { origin, storageTypes: "cookies,local_storage,indexeddb" });
      await page.close();
    },
  };
}

/** The timeout for anything that is waited for on the screen, in milliseconds: after a reload, a busy machine takes a minute for the extension host. */
const patience = 110_000;

/** The text editor that has the focus. */
const textFocus = ".editor-group-container.active .monaco-editor.focused";

/** Runs in the page: the texts that decorations put after the visible lines. */
const readAfterLines = (kind: string) => `[...document.querySelectorAll(".view-line")]
  .sort((one, other) => one.getBoundingClientRect().top - other.getBoundingClientRect().top)
  .flatMap((line) => [...line.querySelectorAll("span")]
    .map((span) => getComputedStyle(span, "::after").content)
    .filter((content) => ${kind}.test(content))
    .map((content) => [line.textContent, content.slice(1, -1).replace(/\\\\(.)/g, "$1")])
    .map((texts) => texts.map((text) => text.replaceAll("\\u00a0", " ").trim()).join(" | ")))`;

/** Marks of tasks begin with spaces, which values of variables do not. */
const readMarks = readAfterLines('/^"[ \\u00a0]{2}/');
const readValues = readAfterLines('/^"[^ \\u00a0]/');

/** Runs in the page: the texts of the visible lenses. */
const readLenses = `[...document.querySelectorAll(".codelens-decoration")]
  .filter((line) => line.checkVisibility({ visibilityProperty: true }) && line.getBoundingClientRect().bottom > 0)
  .sort((one, other) => one.getBoundingClientRect().top - other.getBoundingClientRect().top)
  .flatMap((line) => [...line.querySelectorAll("a")].map((lens) => lens.textContent.replaceAll("\\u00a0", " ").trim()))`;

/** A workbench in a browser. Its methods fail with Playwright's timeout error if something does not appear. */
export class Workbench {
  constructor(
    /** For everything that this class has no method for. */
    readonly page: Page,
    private readonly folder: string,
    /** Closes the page; the server keeps running. */
    readonly close: () => Promise<void>,
  ) {}

  private settings: Settings = {};

  /** Resolves when the workbench is drawn in its theme and its file tree is loaded. */
  async isUp(): Promise<void> {
    await this.page.locator(".monaco-workbench .part.statusbar .statusbar-item").first().waitFor();
    await this.page.locator(".explorer-folders-view .monaco-list").first().waitFor();
    await this.page.locator(".monaco-workbench[class*='vscode-theme-']").waitFor();
    progressed();
  }

  /** Reloads the window with VS Code's own command, which first saves the state of open editors. */
  async reload(): Promise<void> {
    await Promise.all([this.page.waitForEvent("load"), this.runCommand("Developer: Reload Window")]);
    await this.isUp();
  }

  /** Opens a file of the workspace by its name and waits for its text. VS Code can list one of the same name in another folder first. */
  async openFile(name: string): Promise<void> {
    const { dir, base } = path.parse(name);
    await this.pick("Control+P", name, base, dir);
    await this.inputBox().waitFor({ state: "hidden" });
    await this.page.locator(`.tab.active[data-resource-name="${path.basename(name)}"]`).waitFor();
    await this.editor().locator(".view-line").first().waitFor();
  }

  /** The text editor that was used last; its lines are `.view-line`. */
  editor(): Locator {
    return this.page.locator(".editor-group-container.active .editor-instance .monaco-editor").first();
  }

  /**
   * Resolves once the texts that decorations put after lines are exactly these, from the top, each as `the line's code | text`.
   * @throws with the actual texts if they do not match in time
   */
  async showsMarks(expected: readonly string[], timeout = patience): Promise<void> {
    await this.shows("marks", readMarks, expected, timeout);
  }

  /** The same for the values of variables at the ends of lines. */
  async showsValues(expected: readonly string[], timeout = patience): Promise<void> {
    await this.shows("values", readValues, expected, timeout);
  }

  /**
   * Resolves once the lenses are exactly these, from the top. When another extension starts to provide lenses, the editor removes all of
   * them and adds them again.
   * @throws with the actual lenses if they do not match in time
   */
  async showsLenses(expected: readonly string[], timeout = patience): Promise<void> {
    await this.shows("lenses", readLenses, expected, timeout);
  }

  /** @param read an expression to evaluate in the page */
  private async shows(what: string, read: string, expected: readonly string[], timeout: number): Promise<void> {
    const wanted = JSON.stringify(expected);
    try {
      await this.page.waitForFunction(`JSON.stringify(${read}) === ${JSON.stringify(wanted)}`, undefined, { timeout });
      progressed();
    } catch (cause) {
      const found = JSON.stringify(await this.page.evaluate(read));
      throw new Error(`the editor shows the ${what} ${found} instead of ${wanted}`, { cause });
    }
  }

  /** The text that a decoration puts after a line, as `showsMarks` reads it, once it is the only one and matches the pattern. */
  async mark(pattern: RegExp): Promise<string> {
    const only = `((marks) => marks.length === 1 && ${pattern}.test(marks[0]) && marks[0])(${readMarks})`;
    try {
      return String(await (await this.page.waitForFunction(only)).jsonValue());
    } catch (cause) {
      const found = JSON.stringify(await this.page.evaluate(readMarks));
      throw new Error(`the editor shows the marks ${found} instead of one like ${pattern}`, { cause });
    }
  }

  /** Focuses the text of the first editor group. */
  async focusFirstGroup(): Promise<void> {
    await this.press("Control+1");
    await this.page.locator(textFocus).waitFor();
  }

  /** A tab by its text. */
  tab(text: string): Locator {
    return this.page.locator(".tab").filter({ hasText: text });
  }

  /** Closes a tab, and waits until it is gone. */
  async closeTab(text: string): Promise<void> {
    await this.tab(text).click({ button: "middle" });
    await this.tab(text).waitFor({ state: "detached" });
  }

  /** Closes the active tab, and waits until it is gone: a key that is pressed in a webview while that closes is lost. */
  async closeActiveTab(): Promise<void> {
    const tabs = this.page.locator(".tab");
    const last = tabs.nth((await tabs.count()) - 1);
    await this.page.locator(".editor-group-container.active .tab.active").click({ button: "middle" });
    await last.waitFor({ state: "detached" });
  }

  /** Closes all tabs, and waits until they are gone. */
  async closeAllTabs(): Promise<void> {
    await this.runCommand("View: Close All Editors");
    await this.page.locator(".tab").first().waitFor({ state: "detached" });
  }

  /** An item of the status bar by its text. */
  statusItem(text: string): Locator {
    return this.page.locator(".statusbar-item").filter({ hasText: text });
  }

  /** All lenses with this text, from the top. */
  lens(text: string): Locator {
    return this.page.locator(".codelens-decoration a").filter({ hasText: text });
  }

  /** Clicks a lens by its text; `nth` counts the lenses with that text from the top, from 0. */
  async clickLens(text: string, nth = 0): Promise<void> {
    await this.noticesWebviewFocus();
    await this.lens(text).nth(nth).click();
  }

  /** The editor groups, side by side. */
  groups(): Locator {
    return this.page.locator(".editor-group-container");
  }

  /** The name of the active tab in the active group. */
  async activeTab(): Promise<string | null> {
    return this.page.locator(".editor-group-container.active .tab.active").getAttribute("data-resource-name");
  }

  /** Whether the text of the active editor has the focus. */
  async hasTextFocus(): Promise<boolean> {
    return this.page.locator(textFocus).isVisible();
  }

  /** The selected text in the open input box. */
  async selectedInput(): Promise<string> {
    await this.inputBox().waitFor();
    return this.page.evaluate(
      "document.activeElement.value.slice(document.activeElement.selectionStart, document.activeElement.selectionEnd)",
    );
  }

  /** The text field of the open input box or quick pick. */
  inputBox(): Locator {
    return this.page.locator(".quick-input-widget:visible .quick-input-box input");
  }

  /** Replaces the text of the open input box and accepts it; without an argument, accepts the text as it is. */
  async answerInputBox(text?: string): Promise<void> {
    if (text !== undefined) {
      await this.inputBox().fill(text);
    }
    await this.inputBox().press("Enter");
  }

  /** Chooses the first entry of the quick pick with that text, and that description beside it. */
  async choose(label: string, description = ""): Promise<void> {
    const rows = this.page.locator(".quick-input-list .monaco-list-row").filter({ hasText: label });
    await rows.filter({ hasText: description }).first().click();
  }

  /** Clicks a button of a notification in the list behind the bell, since no toasts are shown here. */
  async answerNotification(text: string, button: string): Promise<void> {
    await this.page.locator('.statusbar-item[id="status.notifications"]').click();
    const notification = this.page.locator(".notifications-center .notification-list-item").filter({ hasText: text });
    await notification.hover();
    await notification.getByRole("button", { name: button, exact: true }).click();
  }

  /** Runs a command by its full title in the palette, `Category: Title`. */
  async runCommand(title: string): Promise<void> {
    await this.pick("F1", `>${title}`, title);
  }

  /** The frame, at any depth, that contains an element: a webview's content. Call it again after the webview was rebuilt. */
  webviewFrame(selector: string, timeoutMs = patience): Promise<Frame> {
    return frameHolding(this.page, selector, timeoutMs);
  }

  /** Saves a screenshot of the whole window. */
  async screenshot(file: string): Promise<void> {
    await mkdir(path.dirname(file), { recursive: true });
    await this.page.screenshot({ path: file });
    progressed();
  }

  /** Changes the colour theme, and waits until the workbench has it. */
  async setTheme(kind: ThemeKind): Promise<void> {
    const { name, mark } = themes[kind];
    await this.changeSettings({ "workbench.colorTheme": name });
    await this.page.locator(`.monaco-workbench.${mark}`).waitFor();
  }

  /**
   * Changes settings of the workspace, in addition to those that this workbench set before. A served VS Code applies these immediately, but
   * not its user settings. The caller has to wait for the visible effect.
   */
  async changeSettings(changes: Settings): Promise<void> {
    this.settings = { ...this.settings, ...changes };
    await writeSettings(path.join(this.folder, ".vscode"), this.settings);
  }

  /** Takes back all changes of settings and of the theme. */
  async resetSettings(): Promise<void> {
    this.settings = {};
    await this.setTheme("dark");
  }

  /** Waits until a previously answered input box is gone: closing, it would close the new one as well. */
  private async pick(key: string, query: string, label: string, description = ""): Promise<void> {
    await this.inputBox().waitFor({ state: "hidden" });
    await this.press(key);
    await this.inputBox().fill(query);
    await this.choose(label, description);
    progressed();
  }

  /** Presses a key of the workbench. */
  private async press(key: string): Promise<void> {
    await this.noticesWebviewFocus();
    await this.page.keyboard.press(key);
  }

  /**
   * VS Code asks a webview several times a second whether it has the focus, and activates its editor group then. After a click in a webview, this
   * waits until that has happened, or it could take the focus back from what a key or a lens opens.
   */
  private async noticesWebviewFocus(): Promise<void> {
    await this.page.waitForFunction(
      `document.activeElement?.tagName !== "IFRAME" ||
        document.querySelector('.editor-group-container.active [id^="webview-editor-element-"]') !== null`,
    );
  }
}
