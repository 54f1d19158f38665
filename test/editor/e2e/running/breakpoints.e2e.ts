// A long run that a breakpoint pauses, and navigation in it: back to a past step, rebuilding it, and to the head again.
import assert from "node:assert/strict";
import { type Opened, openExtension } from "../opened";
import type { PanelPage } from "../panelPage";
import { shownText } from "../panelPage";

interface Program {
  readonly file: string;
  readonly text: string;
  /** The line of its yield, as the editor shows it. */
  readonly yieldLine: RegExp;
}

const programs: Record<string, Program> = {
  JavaScript: {
    file: "adding.ts",
    text: "export function* adding() {\n  let total = 0;\n  for (let number = 1; ; number += 1) {\n    total += number;\n    yield number;\n  }\n}\n",
    yieldLine: /yield\snumber;/,
  },
  Python: {
    file: "adding.py",
    text: "def adding():\n    total = 0\n    number = 0\n    while True:\n        number += 1\n        total += number\n        yield number\n",
    yieldLine: /yield\snumber/,
  },
};

describe("breakpoints and travel", function () {
  this.timeout(120_000);
  let opened: Opened;

  before(async () => {
    opened = await openExtension({ files: Object.fromEntries(Object.values(programs).map(({ file, text }) => [file, text])) });
  });

  after(() => opened?.close());

  for (const [language, program] of Object.entries(programs)) {
    describe(`in ${language}`, () => {
      let panel: PanelPage;

      before(async () => {
        panel = await opened.begin(program.file, "Run as cooperative task");
      });

      after(() => opened.workbench.closeAllTabs());

      const inBreakpoints = (text: RegExp) => panel.region("Breakpoints").getByRole("row").filter({ hasText: text });

      it("pauses a run at full speed when a condition is true", async () => {
        await panel.frame.getByRole("button", { name: "Breakpoints", exact: true }).click();
        await panel.frame.getByLabel("Event").selectOption("condition");
        await panel.frame.getByLabel("Condition").fill("value == 250000");
        await opened.workbench.page.keyboard.press("Enter");
        await inBreakpoints(/value == 250000/).waitFor();
        await panel.button("Run").click();
        await panel.shows(/Step 250,000\D.*paused at breakpoint: value == 250000/s);
        await inBreakpoints(/paused here/).waitFor();
      });

      it("watches an expression with a task's locals", async () => {
        await panel.frame.getByLabel("Expression to watch").fill("total");
        await opened.workbench.page.keyboard.press("Enter");
        await panel.region("Watches").getByRole("row").filter({ hasText: "total = 31250125000" }).waitFor();
      });

      it("goes to a past step, and rebuilds its locals and watches", async () => {
        await panel.button("More ways to run").click();
        await panel.frame.getByRole("menuitem", { name: "Run to step…" }).click();
        await panel.frame.getByLabel("Run to step").fill("100,000");
        await opened.workbench.page.keyboard.press("Enter");
        await panel.shows(/Step 100,000 of 250,000/);
        await panel.region("Watches").getByRole("row").filter({ hasText: "total = not recorded" }).waitFor();
        await panel.frame.getByRole("button", { name: "Rebuild locals by replaying" }).click();
        await panel.frame
          .getByRole("treeitem")
          .filter({ hasText: /^total: changed, 5000050000 was 4999950000$/ })
          .waitFor();
        await panel.region("Watches").getByRole("row").filter({ hasText: "total = 5000050000 was 4999950000" }).waitFor();
      });

      it("goes from step to step of the task, and back to live with Escape", async () => {
        await panel.frame.getByRole("button", { name: "Previous step of this task" }).click();
        await panel.shows(/Step 99,999 of 250,000/);
        await panel.frame.getByRole("button", { name: "First step of this task" }).click();
        await panel.shows(/Step 1 of 250,000/);
        await opened.workbench.page.keyboard.press("Escape");
        assert.match(await panel.shows(/Step 250,000/), /live$/);
      });

      it("uses a breakpoint in the editor's margin", async () => {
        const { workbench } = opened;
        await workbench.focusFirstGroup();
        await workbench.editor().locator(".view-line").filter({ hasText: program.yieldLine }).first().click();
        await workbench.page.keyboard.press("F9");
        await inBreakpoints(new RegExp(`line \\d of ${program.file} from the editor`)).waitFor();
        await panel.button("Run").click();
        await panel.shows(/Step 250,001\D.*paused at breakpoint: line/s);
      });

      it("removes it in the margin when it is removed in the panel", async () => {
        await panel.frame.getByRole("button", { name: /^Remove the breakpoint line/ }).click();
        await inBreakpoints(/line/).waitFor({ state: "detached" });
        await opened.workbench.page
          .locator(".codicon-debug-breakpoint, .codicon-debug-breakpoint-unverified")
          .waitFor({ state: "detached" });
      });

      it("keeps breakpoints and watches for the next session of the file", async () => {
        const { workbench } = opened;
        await workbench.clickLens("Run as cooperative task", 0);
        await panel.showsStep(0, "paused");
        await inBreakpoints(/value == 250000/).waitFor();
        assert.match(await shownText(panel.region("Watches")), /total/);
      });

      it("accepts breakpoints and numbers of steps from the palette", async () => {
        const { workbench } = opened;
        await workbench.runCommand("Cooperative Tasks: Run N Steps…");
        await workbench.inputBox().fill("none");
        await workbench.page.getByText("Type a whole number of 1 or more").waitFor();
        await workbench.answerInputBox("5");
        await panel.showsStep(5, "paused");
        await workbench.runCommand("Cooperative Tasks: Add Breakpoint…");
        await workbench.choose("adding");
        await workbench.choose("Throws");
        await inBreakpoints(/adding throws/).waitFor();
        await workbench.runCommand("Cooperative Tasks: Go to First Step of This Task");
        await panel.shows(/Step 1 of 5/);
        await workbench.runCommand("Cooperative Tasks: Back to the Last Step");
        await panel.showsStep(5, "paused");
      });

      it("runs slowly, then faster, and pauses", async () => {
        await panel.button("More ways to run").click();
        await panel.frame.getByRole("menuitem", { name: "Run slowly" }).click();
        await panel.shows(/running slowly/);
        await panel.frame.getByRole("slider", { name: "Speed in steps per second" }).press("End");
        await panel.shows(/Step \d\d/);
        await panel.button("Pause").click();
        await panel.shows(/· paused/);
      });

      it("continues slowly from full speed, and at full speed again", async () => {
        const choose = async (way: string) => {
          await panel.button("More ways to run").click();
          await panel.frame.getByRole("menuitem", { name: way }).click();
        };
        await inBreakpoints(/value == 250000/)
          .getByRole("checkbox")
          .click();
        await panel.button("Run").click();
        await panel.shows(/steps\/s/);
        await choose("Run slowly");
        await panel.shows(/running slowly/);
        await choose("Run at full speed");
        await panel.shows(/steps\/s/);
        await panel.button("Pause").click();
        await panel.shows(/· paused/);
      });
    });
  }
});
