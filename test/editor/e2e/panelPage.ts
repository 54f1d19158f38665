// The panel as a user sees it: elements are found by roles, names and text, and every wait is for a condition.
import type { Frame, Locator } from "playwright-core";
import { progressed } from "../../progress";

/** One row of the grid of tasks, as text. */
export interface TaskText {
  readonly task: string;
  readonly state: string;
  readonly at: string;
  readonly value: string;
  readonly steps: string;
}

export class PanelPage {
  /** Distinguishes the panel's frame from all others. */
  static readonly selector = 'main[aria-label="Yieldpoint"]';

  constructor(readonly frame: Frame) {}

  button(name: string): Locator {
    return this.frame.getByRole("toolbar", { name: "Run" }).getByRole("button", { name, exact: true });
  }

  region(name: string): Locator {
    return this.frame.getByRole("region", { name, exact: true });
  }

  /** Resolves with the now line once it shows this step and this status. */
  async showsStep(step: number, status: string): Promise<string> {
    const what = step === 0 ? "Before step 1" : `Step ${step}`;
    return this.shows(new RegExp(`${what}(?!\\d).*· ${status}`, "s"));
  }

  /** Resolves with the now line once it matches. */
  async shows(pattern: RegExp): Promise<string> {
    const now = this.region("Now").filter({ hasText: pattern });
    await now.waitFor();
    progressed();
    return shownText(now);
  }

  /** Resolves once an element exists, however long that takes, as long as the panel keeps changing. */
  async comes(awaited: Locator): Promise<void> {
    const shown = () => this.frame.locator("body").textContent();
    for (let before = await shown(); ; ) {
      try {
        await awaited.waitFor();
        return;
      } catch (error) {
        const now = await shown();
        if (now === before) throw error;
        progressed();
        before = now;
      }
    }
  }

  /** Resolves with a notice's text once it matches. */
  async notice(pattern: RegExp): Promise<string> {
    const notice = this.frame.getByRole("region", { name: /^(info|warning|error)$/ }).filter({ hasText: pattern });
    await notice.waitFor();
    progressed();
    return shownText(notice);
  }

  /** An action that a notice offers. */
  wayOut(name: string): Locator {
    return this.frame.getByRole("region", { name: /^(info|warning|error)$/ }).getByRole("button", { name, exact: true });
  }

  /** All tasks, from the top. */
  async tasks(): Promise<TaskText[]> {
    const rows = await this.frame.getByRole("grid", { name: "Tasks" }).getByRole("row").all();
    return Promise.all(rows.slice(1).map((row) => taskText(row)));
  }

  /** Resolves once there is this number of tasks. */
  async showsTasks(count: number): Promise<void> {
    await this.frame.getByRole("grid", { name: "Tasks" }).getByRole("row").nth(count).waitFor();
  }

  /** The list of switches. */
  list(): Locator {
    return this.frame.getByRole("listbox", { name: "Switches" });
  }

  /** A row of the list of switches. */
  switchOf(step: number): Locator {
    return this.list().locator(`#switch-${step}`);
  }

  /** Resolves once keys reach the panel: VS Code learns of a click in another process's page a moment after the page does. */
  async takesKeys(): Promise<void> {
    await this.frame.waitForFunction("document.hasFocus()");
  }

  /** The text of the element that has the focus. */
  async focused(): Promise<string> {
    return shownText(this.frame.locator("*:focus"));
  }

  /** Resolves once the panel is drawn in this kind of theme: `dark`, `light`, `high-contrast`, `high-contrast-light`. */
  async wears(kind: string): Promise<void> {
    await this.frame.locator(`body[data-vscode-theme-kind="vscode-${kind}"]`).waitFor();
  }
}

async function taskText(row: Locator): Promise<TaskText> {
  const cells = await row.getByRole("gridcell").all();
  const [task = "", state = "", at = "", value = "", steps = ""] = await Promise.all(cells.map((cell) => shownText(cell)));
  return { task, state, at, value, steps };
}

/** The visible text, in one line. */
export async function shownText(locator: Locator): Promise<string> {
  // biome-ignore lint/performance/useDomNodeTextContent: innerText separates cells and lines as on the screen
  return (await locator.innerText()).replace(/\s+/g, " ").trim();
}
