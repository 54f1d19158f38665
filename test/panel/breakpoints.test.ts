/**
 * Breakpoints and watches: their text, and the actions on them.
 */
import assert from "node:assert/strict";
import { breakpointText } from "../../src/panel/breakpoints/breakpointText";
import type { View } from "../../src/protocol/panel";
import { answerRows, Panel } from "./browser";
import { breakpoints, view, watches } from "./recorded";

describe("breakpoints, watches and rebuilding", () => {
  let panel: Panel;
  beforeEach(async () => {
    panel = await Panel.open();
    panel.answer = answerRows(128);
  });
  afterEach(async () => {
    assert.deepEqual(panel.complaints, []);
    assert.deepEqual(await panel.posted("problem"), []);
    await panel.close();
  });

  const show = (changes: Partial<View> = {}) => panel.say({ type: "view", view: view(128, changes) });
  const press = (...keys: string[]) => panel.press(...keys);
  const focused = async () => (await panel.page.locator("*:focus").getAttribute("aria-label")) ?? "";
  const section = (name: string) => panel.page.getByRole("region", { name, exact: true });
  const open = async () => {
    await panel.page.getByRole("button", { name: "Breakpoints", exact: true }).click();
    await panel.page.getByLabel("Which task").waitFor();
  };

  it("are described in words", () => {
    assert.deepEqual(breakpoints.map(breakpointText), [
      "counter is resumed",
      "bogosort yields",
      "any task throws",
      "line 24 of counter-and-bogosort.ts",
      "value > 3 in counter",
      "value.length > limit",
    ]);
    const conditional = { id: 7, kind: "line", enabled: true, file: "/a/b.py", line: 3, expression: "value > 3" } as const;
    assert.equal(breakpointText(conditional), "line 3 of b.py, if value > 3");
  });

  it("shows their number while the section is closed, and stays open when the page is reloaded", async () => {
    await show();
    assert.equal(await panel.text(".breakpoints"), "BREAKPOINTS none");
    await show({ breakpoints });
    assert.equal(await panel.text(".breakpoints"), "BREAKPOINTS 6, 1 off");
    await open();
    await panel.page.reload();
    await show({ breakpoints });
    assert.equal(await section("Breakpoints").getByRole("row").count(), 6);
  });

  it("lists them, with their origin, their errors, and which one paused the run", async () => {
    await show({ breakpoints, hit: 1 });
    await open();
    const rows = await section("Breakpoints").getByRole("row").allInnerTexts();
    assert.deepEqual(
      rows.map((row) => row.replace(/\s+/g, " ").trim()),
      [
        "counter is resumed paused here",
        "bogosort yields",
        "any task throws",
        "line 24 of counter-and-bogosort.ts from the editor",
        "value > 3 in counter",
        "value.length > limit limit is not defined",
      ],
    );
    const checked = await section("Breakpoints").getByRole("checkbox").all();
    assert.equal(await checked[1]?.isChecked(), false);
    assert.equal(await checked[0]?.isChecked(), true);
  });

  it("disables and removes them by keyboard, and keeps the focus in the list", async () => {
    await show({ breakpoints });
    await open();
    await panel.page.getByRole("checkbox").first().focus();
    await press("Space", "ArrowDown", "Space", "ArrowRight");
    assert.equal(await focused(), "Remove the breakpoint bogosort yields");
    await press("Enter");
    assert.deepEqual(await panel.posted("setBreakpoint"), [
      { type: "setBreakpoint", breakpoint: 1, enabled: false },
      { type: "setBreakpoint", breakpoint: 2, enabled: true },
    ]);
    assert.deepEqual(await panel.posted("removeBreakpoint"), [{ type: "removeBreakpoint", breakpoint: 2 }]);
    await show({ breakpoints: breakpoints.filter(({ id }) => id !== 2) });
    assert.equal(await focused(), "Remove the breakpoint any task throws");
  });

  it("does not take the focus from another part of VS Code when a row is removed", async () => {
    await show({ breakpoints });
    await open();
    await panel.page.getByRole("button", { name: "Remove the breakpoint bogosort yields" }).focus();
    await panel.page.evaluate("document.hasFocus = () => false");
    await show({ breakpoints: breakpoints.filter(({ id }) => id !== 2) });
    assert.equal(await panel.page.evaluate("document.activeElement === document.body"), true);
  });

  it("adds one, and a condition only with its expression", async () => {
    await show();
    await open();
    await panel.page.getByLabel("Which task").selectOption("bogosort");
    await panel.page.getByLabel("Event").selectOption("threw");
    await section("Breakpoints").getByRole("button", { name: "Add" }).click();
    await panel.page.getByLabel("Which task").selectOption("");
    await panel.page.getByLabel("Event").selectOption("condition");
    await panel.page.getByLabel("Condition").focus();
    await press("Enter");
    assert.match((await section("Breakpoints").getByRole("alert").textContent()) ?? "", /Type an expression/);
    await panel.page.keyboard.type("value > 3");
    await press("Enter");
    assert.deepEqual(await panel.posted("addBreakpoint"), [
      { type: "addBreakpoint", kind: "threw", task: "bogosort" },
      { type: "addBreakpoint", kind: "condition", expression: "value > 3" },
    ]);
    assert.equal(await panel.page.getByLabel("Condition").inputValue(), "");
  });

  it("shows each watch at the step: changed, unchanged, failing, not recorded", async () => {
    await show({ watches });
    const rows = await section("Watches").getByRole("row").allInnerTexts();
    assert.deepEqual(
      rows.map((row) => row.replace(/\s+/g, " ").trim()),
      ["tries = 63 was 62", "attempt = [9, 1, 4, 7, 3, 2, 8, 5, 6, 0]", "limit = limit is not defined", "started = not recorded"],
    );
    assert.equal(await section("Watches").locator(".changed").count(), 1);
  });

  it("adds and removes watches, and goes to where one changed", async () => {
    await show({ watches });
    await panel.page.getByLabel("Expression to watch").fill(" tries + 1 ");
    await press("Enter");
    await panel.page.getByRole("button", { name: "Previous change of tries" }).focus();
    await press("Enter", "ArrowRight", "Enter", "ArrowDown", "ArrowRight", "Enter");
    assert.deepEqual(await panel.posted("addWatch"), [{ type: "addWatch", expression: "tries + 1" }]);
    assert.deepEqual(await panel.posted("goTo"), [
      { type: "goTo", place: "previousChange", watch: "tries" },
      { type: "goTo", place: "nextChange", watch: "tries" },
    ]);
    assert.deepEqual(await panel.posted("removeWatch"), [{ type: "removeWatch", expression: "attempt" }]);
  });

  it("offers no frame of a scheduler where the program has none", async () => {
    await show({ watches });
    assert.equal(await section("Watches").getByRole("button", { name: "in the frame of the scheduler" }).count(), 0);
  });

  it("marks a watch that did not end, and evaluates it again on request", async () => {
    await show({ watches: [{ expression: "hangs()", stopped: true }, ...watches] });
    const line = section("Watches").getByRole("row").first();
    assert.match((await line.textContent()) ?? "", /stopped because it did not end/);
    await line.getByRole("button", { name: "Evaluate hangs() again" }).focus();
    await press("Enter");
    assert.deepEqual(await panel.posted("retryWatch"), [{ type: "retryWatch", expression: "hangs()" }]);
    assert.equal(
      await section("Watches")
        .getByRole("button", { name: /^Evaluate / })
        .count(),
      1,
    );
  });

  it("shows the progress of a search for a change, cancels it, and shows its result", async () => {
    const [tries] = watches;
    assert.ok(tries);
    await show({ watches: [{ ...tries, searched: { done: 12_000, of: 1_000_000 } }, ...watches.slice(1)] });
    const line = section("Watches").getByRole("row").first();
    assert.match((await line.textContent()) ?? "", /12,000 of 1,000,000 steps replayed/);
    assert.equal(await line.getByRole("progressbar").getAttribute("max"), "1000000");
    await line.getByRole("button", { name: "Cancel" }).focus();
    await press("Enter");
    assert.equal((await panel.posted("cancelRebuild")).length, 1);
    await show({ watches: [{ ...tries, note: "It did not change before this step.\n<b>Of others</b>" }, ...watches.slice(1)] });
    assert.equal(await line.getByRole("status").textContent(), "It did not change before this step.\n<b>Of others</b>");
    assert.equal(await section("Watches").getByRole("progressbar").count(), 0);
    assert.equal(await panel.page.locator("*:focus").getAttribute("aria-label"), "Previous change of tries");
  });

  it("accepts watches and breakpoints before the first step", async () => {
    await panel.say({ type: "view", view: view(0, { watches: [{ expression: "limit", text: "3" }] }) });
    assert.match(await panel.text(".watches"), /limit = 3/);
    assert.equal(await panel.text(".breakpoints"), "BREAKPOINTS none");
  });

  it("rebuilds locals that were not recorded, with progress and a way to cancel, on one button", async () => {
    await show({ cursor: 57, rebuild: { state: "possible", missing: "step" } });
    await panel.page.getByRole("button", { name: "Rebuild locals by replaying" }).focus();
    await press("Enter");
    await show({ cursor: 57, rebuild: { state: "running", missing: "step", done: 12 } });
    assert.equal(await panel.page.getByRole("progressbar").getAttribute("value"), "12");
    assert.match(await panel.text(".rebuild"), /12 of 57 steps replayed/);
    await press("Enter");
    assert.equal((await panel.posted("rebuild")).length, 1);
    assert.equal((await panel.posted("cancelRebuild")).length, 1);
    await show({ cursor: 57 });
    assert.equal(await panel.page.locator("*:focus").getAttribute("role"), "treeitem");
  });

  it("says why locals cannot be rebuilt", async () => {
    const message = "Step 41 differs: counter yielded 3, the replay yielded 4.\nTime or randomness is the likely cause.";
    await show({ cursor: 57, rebuild: { state: "refused", missing: "step", message } });
    assert.match(await panel.text(".rebuild"), /Step 41 differs: .* likely cause\.$/);
    assert.equal(await section("Rebuild").getByRole("button").count(), 0);
  });
});
