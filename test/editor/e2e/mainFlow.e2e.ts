// The first things that a user does, from the lens to the result, with the packaged extension.
import assert from "node:assert/strict";
import { type Opened, openExtension } from "./opened";
import { type PanelPage, shownText } from "./panelPage";
import { example, returnStep, seededExample } from "./seeded";

const counterYield = "yield; | ";
const counterHead = "export function* counter(): Generator<undefined, never> {";
const bogosortHead = "export function* bogosort(unsorted: number[]): Generator<undefined, number[]> {";
const run = "Run as cooperative task";
const add = "Add to session";

describe("the main flow", function () {
  this.timeout(120_000);
  let opened: Opened;
  let panel: PanelPage;

  before(async () => {
    opened = await openExtension({ files: seededExample() });
    await opened.workbench.openFile(example);
    await opened.workbench.lens(run).nth(1).waitFor();
  });

  after(() => opened?.close());

  it("offers to run each generator function, and nothing else", async () => {
    const { workbench } = opened;
    await workbench.showsLenses(["Run these tasks", run, run]);
  });

  it("opens the panel beside the editor, paused before step 1, and leaves the focus in the editor", async () => {
    const { workbench } = opened;
    await workbench.editor().locator(".view-line").first().click();
    await workbench.clickLens(run, 0);
    panel = await opened.panel();
    assert.match(await panel.showsStep(0, "paused"), /^Before step 1 → next counter/);
    assert.equal(await workbench.activeTab(), example);
    assert.equal(await workbench.groups().count(), 2);
    assert.ok(await workbench.hasTextFocus(), "the editor has the focus");
    await workbench.showsMarks([`${counterHead} | ▶ counter: not started`]);
  });

  it("asks for the call of a second task, with the arguments selected", async () => {
    const { workbench } = opened;
    await workbench.clickLens(add, 1);
    await workbench.inputBox().waitFor();
    assert.equal(await workbench.inputBox().inputValue(), "bogosort(unsorted)");
    assert.equal(await workbench.selectedInput(), "unsorted");
    await workbench.answerInputBox("bogosort([3, 1, 2, 5, 4])");
    await workbench.showsMarks([`${counterHead} | ▶ counter: not started`, `${bogosortHead} | ● bogosort: not started`]);
    await panel.showsTasks(2);
    const tasks = await panel.tasks();
    assert.deepEqual(
      tasks.map(({ task, state, at }) => [task, state, at]),
      [
        ["counter()", "created · next", "5:8"],
        ["bogosort([3, 1, 2, 5, 4])", "created", "19:8"],
      ],
    );
  });

  it("steps one context switch per click, and shows each in panel and editor", async () => {
    for (let step = 1; step <= 10; step += 1) {
      await panel.button("Step").click();
      const now = await panel.showsStep(step, "paused");
      const [ran, next] = step % 2 === 1 ? ["counter", "bogosort"] : ["bogosort", "counter"];
      assert.match(now, new RegExp(`^Step ${step} ${ran} yielded undefined → next ${next} `));
      const tasks = await panel.tasks();
      assert.deepEqual(
        tasks.map(({ at }) => at),
        ["14:5", step === 1 ? "19:8" : "25:5"],
      );
      const marks = [ran === "counter" ? "● counter: undefined" : "▶ counter: undefined"];
      await opened.workbench.showsMarks([
        `${counterYield}${marks[0]}`,
        step === 1
          ? `${bogosortHead} | ▶ bogosort: not started`
          : `${counterYield}${ran === "counter" ? "▶" : "●"} bogosort: undefined`,
      ]);
    }
  });

  it("shows a past step when it is clicked, in the editor too, and goes back to live with Escape", async () => {
    const { workbench } = opened;
    await panel.switchOf(1).click();
    const past = await panel.showsStep(1, "paused");
    assert.match(past, /Step 1 of 10/);
    await workbench.showsMarks([`${counterYield}● counter: undefined`, `${bogosortHead} | ▶ bogosort: not started`]);
    await workbench.page.keyboard.press("Escape");
    const live = await panel.showsStep(10, "paused");
    assert.match(live, /live$/);
    await workbench.showsMarks([`${counterYield}▶ counter: undefined`, `${counterYield}● bogosort: undefined`]);
  });

  it("runs until the first task returns, and shows the sorted list as the result", async () => {
    await panel.button("Run").click();
    const now = await panel.showsStep(returnStep, "paused");
    assert.match(now, new RegExp(`^Step ${returnStep} bogosort returned \\[1, 2, 3, 4, 5\\] → next counter`));
    assert.match(
      await shownText(panel.region("Result")),
      new RegExp(`^Result of bogosort \\[1, 2, 3, 4, 5\\] .*step ${returnStep}$`),
    );
    await opened.workbench.showsMarks([`${counterYield}▶ counter: undefined`]);
    await panel.button("Step").click();
    assert.match(await panel.showsStep(returnStep + 1, "paused"), /counter yielded undefined → next counter/);
  });

  it("suggests the last call, and accepts any expression", async () => {
    const { workbench } = opened;
    await workbench.clickLens(run, 1);
    await workbench.inputBox().waitFor();
    await workbench.page.getByRole("option", { name: /bogosort\(\[3, 1, 2, 5, 4\]\), Start a session/ }).waitFor();
    await workbench.answerInputBox("bogosort(randomNumbers(4))");
    await panel.showsStep(0, "paused");
    await panel.button("Run").click();
    assert.match(await panel.shows(/returned.*· finished/s), /bogosort returned \[1, 2, 3, 4\]/);
  });
});
