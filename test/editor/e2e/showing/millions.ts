// Two million switches of two tasks in the real editor: watched while they run, paused, stopped by a breakpoint, navigated, left.
import assert from "node:assert/strict";
import { type Opened, openExtension } from "../opened";
import type { PanelPage } from "../panelPage";

export interface Program {
  readonly language: string;
  readonly file: string;
  readonly text: string;
  /** The marks after the yields at step 1,000,001: counts yielded in it, idles was next. */
  readonly marks: readonly string[];
  /** The last test, after two million steps. */
  replays(opened: Opened, panel: PanelPage): Promise<void>;
}

export async function runTo(opened: Opened, panel: PanelPage, step: string): Promise<void> {
  await panel.button("More ways to run").click();
  await panel.frame.getByRole("menuitem", { name: "Run to step…" }).click();
  await panel.frame.getByLabel("Run to step").fill(step);
  await opened.workbench.page.keyboard.press("Enter");
}

/** The suite for one language. */
export function describeMillions({ language, file, text, marks, replays }: Program): void {
  describe(`two million switches in ${language}`, function () {
    this.timeout(0); // each wait has its own limit on how long nothing may happen
    let opened: Opened;
    let panel: PanelPage;

    before(async () => {
      opened = await openExtension({ files: { [file]: text } });
      await opened.workbench.openFile(file);
      await opened.workbench.clickLens("Run as cooperative task", 0);
      panel = await opened.panel();
      await panel.showsStep(0, "paused");
      await opened.workbench.clickLens("Add to session", 1);
      await panel.showsTasks(2);
    });

    after(() => opened?.close());

    it("show their number and rate, and pause on a click", async () => {
      await panel.button("Run").click();
      await panel.shows(/Step \d{1,3}(,\d{3})+\D.*steps\/s/s);
      await panel.button("Pause").click();
      const paused = await panel.shows(/· paused/);
      assert.match(paused, /^Step [\d,]+ /);
    });

    it("end at a breakpoint on a value", async () => {
      await panel.frame.getByRole("button", { name: "Breakpoints", exact: true }).click();
      await panel.frame.getByLabel("Event").selectOption("condition");
      await panel.frame.getByLabel("Condition").fill("value == 1000000");
      await opened.workbench.page.keyboard.press("Enter");
      await panel.region("Breakpoints").getByRole("row").waitFor();
      await panel.button("Run").click();
      // The tasks take turns and counts was first, so it yields 1,000,000 in step 1,999,999.
      const paused = panel.region("Now").filter({ hasText: /Step 1,999,999\D.*paused at breakpoint: value == 1000000/s });
      await panel.comes(paused);
      await runTo(opened, panel, "2,000,000");
      await panel.shows(/Step 2,000,000\D.*· paused/s);
    });

    it("can be visited one by one, and everything shows the past state", async () => {
      await runTo(opened, panel, "1,000,001");
      await panel.shows(/Step 1,000,001 of 2,000,000/);
      assert.equal((await panel.tasks())[0]?.value, "500001");
      await panel.switchOf(1_000_001).waitFor();
      await opened.workbench.showsMarks(marks);
      await panel.frame.getByRole("button", { name: "First step of this task" }).click();
      await panel.shows(/Step 1 of 2,000,000/);
      assert.equal((await panel.tasks())[0]?.value, "1");
    });

    it("are left for the head with one key", async () => {
      await opened.workbench.page.keyboard.press("Escape");
      assert.match(await panel.shows(/Step 2,000,000/), /live$/);
      assert.equal((await panel.tasks())[0]?.value, "1000000");
    });

    it("are replayed to find where a watch changed that was not recorded", () => replays(opened, panel));
  });
}
