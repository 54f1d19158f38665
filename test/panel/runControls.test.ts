/**
 * The ways to run, and to go from step to step of one task.
 */
import assert from "node:assert/strict";
import { answerRows, Panel } from "./browser";
import { breakpoints, view } from "./recorded";

describe("the panel's run controls", () => {
  let panel: Panel;
  beforeEach(async () => {
    panel = await Panel.open();
    panel.answer = answerRows(128);
    await panel.say({ type: "view", view: view(128) });
  });
  afterEach(async () => {
    assert.deepEqual(panel.complaints, []);
    await panel.close();
  });

  const press = (...keys: string[]) => panel.press(...keys);
  const focused = () => panel.page.locator("*:focus");
  const menu = () => panel.page.getByRole("menu", { name: "More ways to run" });
  const button = (name: string) => panel.page.getByRole("button", { name, exact: true });

  it("opens a menu by keyboard, wraps around in it, and closes it with Escape", async () => {
    await button("More ways to run").focus();
    await press("Enter");
    assert.equal(await focused().textContent(), "Run slowly");
    await press("ArrowUp");
    assert.equal(await focused().textContent(), "Explore orders");
    await press("ArrowDown", "ArrowDown");
    assert.equal(await focused().textContent(), "Run N steps…");
    await press("Escape");
    await menu().waitFor({ state: "detached" });
    assert.equal(await focused().getAttribute("aria-label"), "More ways to run");
    assert.equal(await focused().getAttribute("aria-expanded"), "false");
  });

  it("closes the menu when it loses the focus, and by its button", async () => {
    await button("More ways to run").click();
    await menu().waitFor();
    await panel.page.locator(".until").focus();
    await menu().waitFor({ state: "detached" });
    await button("More ways to run").click();
    await menu().waitFor();
    await button("More ways to run").click();
    await menu().waitFor({ state: "detached" });
  });

  it("runs slowly, with a slider that changes the speed during the run", async () => {
    await button("More ways to run").focus();
    await press("Enter", "Enter");
    assert.deepEqual(await panel.posted("walk"), [{ type: "walk", speed: 4 }]);
    await panel.say({ type: "view", view: view(128, { status: "running", speed: 4, rate: 4 }) });
    assert.match(await panel.text(".about"), /running slowly/);
    assert.match(await panel.text(".sentence"), /^Step 128 bogosort yielded/);
    const slider = panel.page.getByRole("slider", { name: "Speed in steps per second" });
    await slider.focus();
    await press("ArrowRight", "End");
    assert.deepEqual(
      (await panel.posted("walk")).map(({ speed }) => speed),
      [4, 5, 100],
    );
    assert.equal(await slider.getAttribute("aria-valuetext"), "100 steps a second");
    await button("Pause").click();
    assert.deepEqual(await panel.posted("command"), [{ type: "command", command: "pause" }]);
    await panel.say({ type: "view", view: view(128) });
    assert.equal(await slider.count(), 0);
  });

  it("changes the pace of the current run; other ways to run need a pause", async () => {
    await panel.say({ type: "view", view: view(128, { status: "running", rate: 2_000_000 }) });
    await button("More ways to run").click();
    const refused = menu().locator("[aria-disabled=true]");
    assert.deepEqual(await refused.allTextContents(), ["Run N steps…Pause first.", "Run to step…Pause first."]);
    await press("Enter");
    assert.deepEqual(await panel.posted("walk"), [{ type: "walk", speed: 4 }]);
    await panel.say({ type: "view", view: view(128, { status: "running", speed: 4, rate: 4 }) });
    await button("More ways to run").click();
    await press("Enter");
    assert.deepEqual(await panel.posted("command"), [{ type: "command", command: "run" }]);
    assert.deepEqual([await panel.posted("runSteps"), await panel.posted("runTo")], [[], []]);
  });

  it("runs a number of steps, and rejects what is not a number", async () => {
    await button("More ways to run").focus();
    await press("Enter", "ArrowDown", "Enter");
    assert.equal(await focused().inputValue(), "1000");
    await panel.page.keyboard.type("many");
    await press("Enter");
    assert.equal(await panel.page.getByRole("alert").first().textContent(), "Type a whole number of 1 or more.");
    await focused().fill("1,000,000");
    await press("Enter");
    assert.deepEqual(await panel.posted("runSteps"), [{ type: "runSteps", count: 1_000_000 }]);
    assert.equal(await focused().getAttribute("aria-label"), "More ways to run");
  });

  it("runs to a later step, and moves to a recorded one", async () => {
    for (const step of ["7000000", "57"]) {
      await button("More ways to run").click();
      await press("End", "ArrowUp", "Enter");
      await panel.page.keyboard.type(step);
      await press("Enter");
    }
    assert.deepEqual(await panel.posted("runTo"), [{ type: "runTo", step: 7_000_000 }]);
    assert.deepEqual(await panel.posted("select"), [{ type: "select", step: 57 }]);
  });

  it("cancels a form with Escape", async () => {
    await button("More ways to run").click();
    await press("End", "Enter", "Escape");
    assert.equal(await panel.page.locator(".ask input[inputmode=numeric]").count(), 0);
    assert.equal(await focused().getAttribute("aria-label"), "More ways to run");
  });

  it("shows which breakpoint paused the run, while that step is shown", async () => {
    await panel.say({ type: "view", view: view(128, { breakpoints, hit: 5 }) });
    assert.match(await panel.text(".about"), /· paused at breakpoint: value > 3 in counter/);
    await panel.say({ type: "view", view: view(128, { breakpoints, hit: 5, cursor: 57 }) });
    assert.match(await panel.text(".about"), /· paused$/);
  });

  it("goes to other steps of the same task", async () => {
    await panel.say({ type: "view", view: view(128, { cursor: 57 }) });
    const ways = panel.page.getByRole("toolbar", { name: "Steps of this task" });
    await ways.getByRole("button").first().focus();
    await press("Enter", "ArrowRight", "Enter", "ArrowRight", "Enter", "End", "Enter");
    assert.deepEqual(
      (await panel.posted("goTo")).map(({ place, task }) => [place, task]),
      [
        ["firstOfTask", 0],
        ["previousOfTask", 0],
        ["nextOfTask", 0],
        ["lastOfTask", 0],
      ],
    );
    await panel.say({ type: "view", view: view(128) });
    assert.equal(await button("Next step of this task").getAttribute("aria-disabled"), "true");
    assert.equal(await button("Previous step of this task").getAttribute("aria-disabled"), "false");
  });
});
