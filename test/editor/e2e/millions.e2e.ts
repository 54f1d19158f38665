// Seven million switches in the real editor: watched while they go, paused, found by a breakpoint, travelled, left.
import assert from "node:assert/strict";
import { type Opened, openExtension } from "./opened";
import type { PanelPage } from "./panelPage";

interface Program {
  readonly file: string;
  readonly text: string;
  /** What stands beside the yields at step 3,000,001: counts yielded in it, idles was next. */
  readonly marks: string[];
}

const programs: Record<string, Program> = {
  JavaScript: {
    file: "millions.ts",
    text: "let millions = 0;\n\nexport function* counts() {\n  for (let n = 1; ; n += 1) {\n    if (n % 1_000_000 === 0) millions += 1;\n    yield n;\n  }\n}\n\nexport function* idles() {\n  while (true) {\n    yield;\n  }\n}\n",
    marks: ["yield n; | ● counts: 1500001", "yield; | ▶ idles: undefined"],
  },
  Python: {
    file: "millions.py",
    text: "millions = 0\n\n\ndef counts():\n    global millions\n    n = 0\n    while True:\n        n += 1\n        if n % 1_000_000 == 0:\n            millions += 1\n        yield n\n\n\ndef idles():\n    while True:\n        yield\n",
    marks: ["yield n | ● counts: 1500001", "yield | ▶ idles: None"],
  },
};

for (const [language, { file, text, marks }] of Object.entries(programs)) {
  describe(`seven million switches in ${language}`, function () {
    this.timeout(0); // each wait has its own limit, which is how long nothing happens
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

    async function runTo(step: string): Promise<void> {
      await panel.button("More ways to run").click();
      await panel.frame.getByRole("menuitem", { name: "Run to step…" }).click();
      await panel.frame.getByLabel("Run to step").fill(step);
      await opened.workbench.page.keyboard.press("Enter");
    }

    it("show how many there are and how fast they come, and pause on a click", async () => {
      await panel.button("Run").click();
      await panel.shows(/Step \d{1,3}(,\d{3})+\D.*steps\/s/s);
      await panel.button("Pause").click();
      const paused = await panel.shows(/· paused/);
      assert.match(paused, /^Step [\d,]+ /);
    });

    it("end where a breakpoint on a value says", async () => {
      await panel.frame.getByRole("button", { name: "Breakpoints", exact: true }).click();
      await panel.frame.getByLabel("Does what").selectOption("condition");
      await panel.frame.getByLabel("Condition").fill("value == 3500000");
      await opened.workbench.page.keyboard.press("Enter");
      await panel.region("Breakpoints").getByRole("row").waitFor();
      await panel.button("Run").click();
      // Tasks take turns and counts was first: it yields 3,500,000 in step 6,999,999.
      const paused = panel.region("Now").filter({ hasText: /Step 6,999,999\D.*paused at breakpoint: value == 3500000/s });
      await panel.comes(paused);
      await runTo("7,000,000");
      await panel.shows(/Step 7,000,000\D.*· paused/s);
    });

    it("can be gone to one by one, and everything shows what was", async () => {
      await runTo("3,000,001");
      await panel.shows(/step 3,000,001 of 7,000,000/);
      assert.equal((await panel.tasks())[0]?.value, "1500001");
      await panel.switchOf(3_000_001).waitFor();
      await opened.workbench.showsMarks(marks);
      await panel.frame.getByRole("button", { name: "First step of this task" }).click();
      await panel.shows(/step 1 of 7,000,000/);
      assert.equal((await panel.tasks())[0]?.value, "1");
    });

    it("are left for the head by one key", async () => {
      await opened.workbench.page.keyboard.press("Escape");
      assert.match(await panel.shows(/Step 7,000,000/), /live$/);
      assert.equal((await panel.tasks())[0]?.value, "3500000");
    });

    it("are replayed to find where a watch changed that nobody looked at", async () => {
      const watches = panel.region("Watches");
      await watches.getByLabel("Expression to watch").fill("millions");
      await opened.workbench.page.keyboard.press("Enter");
      await watches
        .getByRole("row")
        .filter({ hasText: /millions = 3/ })
        .waitFor();
      await watches.getByRole("button", { name: "Previous change of millions" }).click();
      // counts, which has the odd steps, came to 3,000,000 there.
      await panel.comes(panel.region("Now").filter({ hasText: /step 5,999,999 of 7,000,000/ }));
      await panel.comes(watches.getByRole("row").filter({ hasText: /millions = 2 → 3/ }));
      await watches.getByRole("button", { name: "Next change of millions" }).click();
      await panel.comes(watches.getByRole("status").filter({ hasText: "It did not change after this step." }));
      await opened.workbench.page.keyboard.press("Escape");
      await panel.shows(/Step 7,000,000/);
    });
  });
}
