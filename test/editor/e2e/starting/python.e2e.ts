// The same way from the lens to the result, with a Python file.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import path from "node:path";
import { root } from "../../../vscode/run";
import { examples } from "../../../vscode/workspace";
import { type Opened, openExtension } from "../opened";
import { type PanelPage, shownText } from "../panelPage";

const example = "counter_and_bogosort.py";
const run = "Run as cooperative task";
const add = "Add to session";

/**
 * Each shuffle rotates the list by one, so [3, 4, 5, 1, 2] is sorted after three and [1, 3, 2] never is. Appended, so that no line moves.
 */
const turned = "\nrandom.shuffle = lambda items: items.append(items.pop(0))\n";

const asking = `print("hello", input("who? "))


def greets():
    for _ in range(4):
        try:
            yield input("name? ")
        except EOFError:
            yield "the end"
`;

describe("a Python file in the editor", function () {
  this.timeout(120_000);
  let opened: Opened;
  let panel: PanelPage;

  before(async () => {
    const text = readFileSync(path.join(examples, example), "utf8");
    // All lenses of the file are in sight.
    const size = { width: 1440, height: 1000 };
    opened = await openExtension({ files: { [example]: text + turned, "asking.py": asking }, size });
    await opened.workbench.openFile(example);
    await opened.workbench.lens(run).nth(1).waitFor();
  });

  after(() => opened?.close());

  it("has a lens above each generator function, and opens the panel beside it", async () => {
    const { workbench } = opened;
    await workbench.showsLenses(["Run these tasks", run, run, "Step this program's context switches"]);
    await workbench.clickLens(run, 0);
    panel = await opened.panel();
    assert.match(await panel.showsStep(0, "paused"), /^Before step 1 → next counter/);
    await workbench.showsMarks(["def counter(): | ▶ counter: not started"]);
  });

  it("asks for the call of a second task, with the arguments selected", async () => {
    const { workbench } = opened;
    await workbench.clickLens(add, 1);
    await workbench.inputBox().waitFor();
    assert.equal(await workbench.inputBox().inputValue(), "bogosort(unsorted)");
    assert.equal(await workbench.selectedInput(), "unsorted");
    await workbench.answerInputBox("bogosort([1, 3, 2])");
    await workbench.showsMarks(["def counter(): | ▶ counter: not started", "def bogosort(unsorted): | ● bogosort: not started"]);
  });

  it("steps ten times, and shows each step in panel and editor", async () => {
    for (let step = 1; step <= 10; step += 1) {
      await panel.button("Step").click();
      const now = await panel.showsStep(step, "paused");
      const [ran, next] = step % 2 === 1 ? ["counter", "bogosort"] : ["bogosort", "counter"];
      assert.match(now, new RegExp(`^Step ${step} ${ran} yielded None → next ${next} `));
      const tasks = await panel.tasks();
      assert.deepEqual(
        tasks.map(({ at }) => at),
        ["16:9", step === 1 ? "19:1" : "26:9"],
      );
      const counter = `yield | ${ran === "counter" ? "●" : "▶"} counter: None`;
      const bogosort = ran === "counter" ? "▶" : "●";
      await opened.workbench.showsMarks([
        counter,
        step === 1 ? "def bogosort(unsorted): | ▶ bogosort: not started" : `yield | ${bogosort} bogosort: None`,
      ]);
    }
  });

  it("shows what a step printed, and the locals as Python writes them", async () => {
    assert.match(await shownText(panel.switchOf(1)), /Elapsed: 0/);
    await panel.frame.getByText("attempt", { exact: true }).first().waitFor();
    // The list [1, 3, 2] was rotated five times.
    await opened.workbench.showsValues([
      "def bogosort(unsorted): | unsorted = [1, 3, 2]",
      "attempt = list(unsorted) | attempt = [2, 1, 3], unsorted = [1, 3, 2]",
      "tries = 0 | tries = 5",
      "while not is_sorted(attempt): | attempt = [2, 1, 3]",
      "random.shuffle(attempt) | attempt = [2, 1, 3]",
      "tries += 1 | tries = 5",
    ]);
  });

  it("shows the returned list as the result", async () => {
    const { workbench } = opened;
    await workbench.clickLens(run, 1);
    await workbench.inputBox().waitFor();
    await workbench.answerInputBox("bogosort([3, 4, 5, 1, 2])");
    await panel.showsStep(0, "paused");
    await panel.button("Run").click();
    assert.match(await panel.shows(/returned.*· finished/s), /^Step 4 bogosort returned \[1, 2, 3, 4, 5\]/);
  });

  it("asks for what it reads, while it is loaded and in a slice", async () => {
    const { workbench } = opened;
    const box = workbench.inputBox();
    const title = () => workbench.page.locator(".quick-input-widget .quick-input-title").textContent();
    await workbench.focusFirstGroup();
    await workbench.openFile("asking.py");
    await workbench.lens(run).first().waitFor();
    await workbench.clickLens(run, 0);
    await box.waitFor();
    assert.match((await title()) ?? "", /^The program asks for a line of standard input, in .* at asking\.py:1$/);
    assert.equal(await box.getAttribute("placeholder"), "who? ");
    await workbench.answerInputBox("eve");
    panel = await opened.panel();
    await panel.showsStep(0, "paused");
    await panel.button("Step").click();
    await box.waitFor();
    assert.match((await title()) ?? "", /^greets asks for a line of standard input, in greets at asking\.py:7$/);
    await workbench.screenshot(path.join(root, "out", "pictures", "input-box.png"));
    await workbench.answerInputBox("<b>ann</b>");
    assert.match(await panel.showsStep(1, "paused"), /'<b>ann<\/b>'/);
  });

  it("leaves the question to the panel when the box is closed, and takes the end of the input", async () => {
    const { workbench } = opened;
    const box = workbench.inputBox();
    const form = panel.frame.getByRole("form", { name: "Standard input" });
    await panel.button("Step").click();
    await box.waitFor();
    await workbench.page.keyboard.press("Escape");
    await box.waitFor({ state: "hidden" });
    await form.getByRole("textbox", { name: /^greets asks .* name\?/ }).fill("bob");
    await workbench.screenshot(path.join(root, "out", "pictures", "input-form.png"));
    await workbench.page.keyboard.press("Enter");
    assert.match(await panel.showsStep(2, "paused"), /'bob'/);
    await panel.button("Step").click();
    await form.getByRole("button", { name: "End of input" }).click();
    assert.match(await panel.showsStep(3, "paused"), /'the end'/);
    assert.equal(await box.isVisible(), false);
    await panel.frame.getByText("(end of input)").waitFor();
    assert.equal(await form.count(), 0);
  });
});
