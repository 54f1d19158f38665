// Finding a value among a hundred thousand steps, and statistics that link to a step.
import assert from "node:assert/strict";
import { type Opened, openExtension } from "../opened";
import type { PanelPage } from "../panelPage";

const file = "rare.ts";
/** `seeker` yields a unique value in its step 40,000; `printer` prints only before its first yield. */
const program = `export function* seeker() {
  for (let number = 1; ; number += 1) yield number === 40_000 ? { treasure: number } : undefined;
}

export function* printer() {
  console.log("printed once");
  while (true) yield "tick";
}
`;

describe("finding in a long run", function () {
  this.timeout(120_000);
  let opened: Opened;
  let panel: PanelPage;

  before(async () => {
    opened = await openExtension({ files: { [file]: program } });
    const { workbench } = opened;
    await workbench.openFile(file);
    await workbench.clickLens("Run as cooperative task", 0);
    panel = await opened.panel();
    await panel.showsStep(0, "paused");
    await workbench.clickLens("Add to session", 1);
    await panel.showsTasks(2);
    await panel.button("More ways to run").click();
    await panel.frame.getByRole("menuitem", { name: "Run N steps…" }).click();
    await panel.frame.getByLabel("Run this many steps").fill("100,000");
    await workbench.page.keyboard.press("Enter");
    await panel.shows(/Step 100,?000\D.*paused/s);
  });

  after(() => opened?.close());

  const keys = async (...names: string[]) => {
    for (const name of names) await opened.workbench.page.keyboard.press(name);
  };
  const status = (text: string) => panel.frame.getByRole("search").getByText(text, { exact: true }).waitFor();

  it("opens with Ctrl+F in the panel, and goes to the step with the value", async () => {
    await panel.list().focus();
    await keys("Control+f");
    await panel.frame.locator("[aria-label='Text in value or output']:focus").waitFor();
    await opened.workbench.page.keyboard.type("treasure");
    await status("1 match");
    await keys("Enter");
    // The tasks take turns and seeker is first, so its step n is step 2n - 1 of the run.
    await panel.shows(/Step 79,999 of 100,000/);
    await status("1 of 1");
    await panel.switchOf(79_999).locator("mark").getByText("treasure").waitFor();
  });

  it("lists only the steps that match, and goes from one to the next with F3", async () => {
    const field = panel.frame.getByLabel("Text in value or output");
    await field.fill("tick");
    await status("50,000 matches");
    await panel.frame.getByRole("button", { name: "List only what matches" }).click();
    await panel
      .list()
      .or(panel.frame.getByRole("listbox", { name: "Matching switches" }))
      .focus();
    await keys("Home", "F3");
    await panel.shows(/Step 4 of 100,000/);
    await status("2 of 50,000");
    await field.fill("printed once");
    await status("1 match");
    await keys("F3");
    await panel.shows(/Step 2 of 100,000/);
  });

  it("closes with Escape and stays at the step; a second Escape goes to the head", async () => {
    await panel.frame.getByLabel("Text in value or output").focus();
    await keys("Escape");
    await panel.frame.getByRole("search").waitFor({ state: "detached" });
    await panel.shows(/Step 2 of 100,000/);
    await panel.list().focus();
    await keys("Escape");
    assert.match(await panel.shows(/Step 100,000/), /live$/);
  });

  it("shows statistics of each task, and goes from a figure to its step", async () => {
    await panel.frame.getByRole("button", { name: "Statistics", exact: true }).click();
    const table = panel.frame.getByRole("table", { name: "Statistics" });
    await panel.frame.getByText("The whole run, up to step 100,000").waitFor();
    await table
      .getByRole("row")
      .filter({ hasText: /^printer\s*50,000/ })
      .waitFor();
    await table
      .getByRole("row")
      .filter({ hasText: /^printer/ })
      .getByRole("button", { name: "13 in 1 lines" })
      .click();
    await panel.shows(/Step 2 of 100,000/);
  });
});
