/**
 * The view of a program that decides itself who runs: its scheduler's row and locals in place of whatever would decide. Screenshots go to
 * `out/pictures`.
 */
import assert from "node:assert/strict";
import type { View } from "../../src/protocol/panel";
import { answerRows, Panel } from "./browser";
import { looks } from "./looks";
import { scheduledAt as at, observed } from "./observedViews";
import { detail, file, row, task } from "./recorded";

describe("an observed program in the panel", () => {
  let panel: Panel;
  beforeEach(async () => {
    panel = await Panel.open();
    panel.answer = answerRows(128);
    await panel.say({ type: "view", view: observed() });
  });
  afterEach(async () => {
    assert.deepEqual(panel.complaints, []);
    await panel.close();
  });

  const scheduler = () => panel.page.locator(".row.scheduler");

  it("has its scheduler in the place of a policy, and nothing that decides who runs", async () => {
    assert.match(await panel.text(".bar"), /Observed: its own scheduler decides/);
    assert.match(await panel.text(".sentence"), /^Step 128 .* resumed by runAsync 37:36$/);
    for (const name of ["Schedule", "Orders", "Branches", "Compare runs"]) {
      assert.equal(await panel.page.getByRole("region", { name, exact: true }).count(), 0, name);
    }
    assert.equal(await panel.page.getByRole("button", { name: "Add task" }).count(), 0);
    assert.equal(await panel.page.getByRole("button", { name: /^Run .* next$/ }).count(), 0);
  });

  it("says in its menus why it cannot be run in another order", async () => {
    await panel.page.getByRole("button", { name: "More ways to restart" }).click();
    const refused = panel.page.locator("[role=menu] [aria-disabled=true]");
    assert.deepEqual(await refused.allTextContents(), [
      "Restart with the same scheduleThis program decides itself who runs.",
      "Restart with the same policy and seedThis program decides itself who runs.",
      "Restart as threadsThis program decides itself who runs.",
      "Restart as processesThis program decides itself who runs.",
      "Compare ways of working…This program decides itself who runs.",
    ]);
  });

  it("has a row for the scheduler, which shows its place by click and by keyboard", async () => {
    assert.deepEqual(
      (await scheduler().getByRole("gridcell").allInnerTexts()).map((text) => text.trim()),
      ["runAsync", "scheduler", "37:36", "", "", ""],
    );
    await panel.page.locator('.row[data-task="0"]').focus();
    await panel.press("ArrowUp", "Enter");
    await scheduler().click();
    const place = { type: "reveal", file, line: 37, column: 36 };
    assert.deepEqual(await panel.posted("reveal"), [place, place]);
  });

  it("shows the scheduler's locals and what changed in them; those of its callers on demand", async () => {
    const items = async () =>
      (await panel.page.getByRole("treeitem").allInnerTexts()).map((text) => text.replace(/\s+/g, " ").trim());
    const shown = await items();
    const from = shown.indexOf("scheduler: locals of runAsync");
    assert.deepEqual(shown.slice(from, from + 4), [
      "scheduler: locals of runAsync",
      "turn: changed, 64 was 63",
      "tasks: [counter, bogosort]",
      "caller: locals of <b>main</b>",
    ]);
    await panel.page.getByRole("treeitem", { name: /^caller/ }).click();
    assert.ok((await items()).includes("limit: 6"));
    assert.deepEqual((await items()).slice(-2), ["runAsync 37:36", "<b>main</b> 43:1"]);
  });

  it("says only the line where the frame of the scheduler was not captured", async () => {
    const { resumedBy: _, ...plain } = observed().detail ?? detail(128);
    await panel.say({ type: "view", view: observed({ detail: plain }) });
    assert.match(await panel.text(".sentence"), /resumed by runAsync 37$/);
    assert.deepEqual((await scheduler().getByRole("gridcell").allInnerTexts()).at(2), "37");
    await scheduler().click();
    assert.deepEqual(await panel.posted("reveal"), [{ type: "reveal", file, line: 37, column: 0 }]);
  });

  const watches = [
    { expression: "tries", text: "63", was: "62" },
    { expression: "scheduler: tasks.length - <b>turn</b>", text: "2", was: "1" },
    { expression: "scheduler: missing", error: "missing is not defined" },
  ];

  it("watches in the scheduler's frame what the user wants to, and says whose frame it is", async () => {
    await panel.say({ type: "view", view: observed({ watches }) });
    const section = panel.page.getByRole("region", { name: "Watches" });
    assert.deepEqual(
      (await section.getByRole("row").allInnerTexts()).map((text) => text.replace(/\s+/g, " ").trim()),
      ["tries = 63 was 62", "runAsync tasks.length - <b>turn</b> = 2 was 1", "runAsync missing = missing is not defined"],
    );
    const expression = panel.page.getByLabel("Expression to watch");
    await expression.fill("turn");
    await panel.press("Tab", "Space");
    const frame = section.getByRole("button", { name: "in the frame of the scheduler" });
    assert.equal(await frame.getAttribute("aria-pressed"), "true");
    await expression.focus();
    await panel.press("Enter");
    await expression.fill(" scheduler:limit ");
    await panel.press("Enter");
    await frame.click();
    await expression.fill("step");
    await panel.press("Enter");
    await section.getByRole("button", { name: "Remove the watch scheduler: missing" }).click();
    await section.getByRole("button", { name: "Previous change of scheduler: missing" }).click();
    assert.deepEqual(
      (await panel.posted("addWatch")).map((each) => each.expression),
      ["scheduler: turn", "scheduler: limit", "step"],
    );
    assert.deepEqual(await panel.posted("removeWatch"), [{ type: "removeWatch", expression: "scheduler: missing" }]);
    assert.deepEqual(await panel.posted("goTo"), [{ type: "goTo", place: "previousChange", watch: "scheduler: missing" }]);
  });

  it("says why no task can be picked by its number", async () => {
    await panel.press("2");
    assert.match(await panel.text(".tasks .refused"), /bogosort cannot be next\. This program decides itself who runs\./);
    assert.deepEqual(await panel.posted("pick"), []);
  });

  const functions = { decided: { walk: "never" }, iterated: ["<b>leaf</b>"], isChanged: false } as const;
  const menuOf = (name: string) => panel.page.getByRole("button", { name: `More for ${name}` });

  /** The tasks of an observed program, whose arguments are not known. */
  function withFunctions(changes: Partial<View> = {}): View {
    const tasks = observed().tasks.map((each) => ({ ...each, call: `${each.name}(…)` }));
    return observed({
      tasks,
      functions: { ...functions, decided: { ...functions.decided }, iterated: [...functions.iterated] },
      ...changes,
    });
  }

  it("decides in a task's menu that its function is none, or counts also in plain iteration", async () => {
    await panel.say({ type: "view", view: withFunctions() });
    await menuOf("counter").click();
    const items = () => panel.page.getByRole("menuitem").allTextContents();
    assert.deepEqual(await items(), [
      "Not a task: never count counter",
      "Count counter also in plain iteration",
      "Step this task (F11)",
      "Run this task to its end (Shift+F11)",
      "Show lanes of what counter delegates to",
      "Show in the editor",
    ]);
    await panel.press("Enter");
    const changed = { ...functions, decided: { counter: "never" as const }, iterated: [], isChanged: true };
    await panel.say({ type: "view", view: withFunctions({ functions: changed }) });
    await menuOf("counter").click();
    assert.equal((await items())[0], "Count counter as a task again");
    await panel.page.screenshot({ path: "out/pictures/panel-observed-menu.png" });
    await panel.press("Enter");
    assert.deepEqual(await panel.posted("decide"), [
      { type: "decide", function: "counter", decision: "never" },
      { type: "decide", function: "counter" },
    ]);
  });

  it("says that a restart is needed for what was decided, and offers it", async () => {
    await panel.say({ type: "view", view: withFunctions() });
    const said = panel.page.getByText("What counts as a task has changed.");
    assert.equal(await said.count(), 0);
    await panel.say({ type: "view", view: withFunctions({ functions: { decided: {}, iterated: [], isChanged: true } }) });
    await said.waitFor();
    await panel.page.getByRole("region", { name: "Tasks" }).getByRole("button", { name: "Restart" }).click();
    assert.deepEqual(await panel.posted("command"), [{ type: "command", command: "restart" }]);
  });

  it("lists all functions with how they count, to be decided by click and by keyboard", async () => {
    await panel.say({ type: "view", view: withFunctions() });
    const section = panel.page.getByRole("region", { name: "Functions" });
    await section.getByRole("button", { name: "Functions" }).click();
    assert.match(await panel.text(".functions"), /which count as tasks, 1 decided/);
    const rows = await section.getByRole("row").allInnerTexts();
    assert.deepEqual(
      rows.map((text) => text.replace(/\s+/g, " ").trim()),
      [
        "counter 1 task when called always never",
        "bogosort 1 task when called always never",
        "warmUp 1 task when called always never",
        "<b>leaf</b> no task when called always never",
        "walk no task when called always never",
      ],
    );
    const pressed = section.locator("[aria-pressed=true]");
    assert.deepEqual(await pressed.allInnerTexts(), ["when called", "when called", "when called", "when called", "never"]);
    await section.getByRole("button", { name: "counter counts when called" }).focus();
    await panel.press("ArrowRight", "ArrowDown", "ArrowDown", "ArrowDown", "Enter");
    await section.getByRole("button", { name: "walk counts when called" }).click();
    assert.deepEqual(await panel.posted("decide"), [
      { type: "decide", function: "<b>leaf</b>", decision: "always" },
      { type: "decide", function: "walk" },
    ]);
    for (const [name, classes, width] of looks(720)) {
      await panel.page.setViewportSize({ width, height: 1_300 });
      await panel.theme(classes);
      await panel.page.screenshot({ path: `out/pictures/panel-functions-${name}.png` });
      assert.equal(await panel.page.evaluate("document.querySelector('.app').scrollWidth"), width);
    }
  });

  it("shows of a recording what was decided, which nobody can change", async () => {
    await panel.say({ type: "view", view: withFunctions({ recorded: "file" }) });
    const section = panel.page.getByRole("region", { name: "Functions" });
    await section.getByRole("button", { name: "Functions" }).click();
    const names = async () => (await section.getByRole("row").allInnerTexts()).map((text) => text.replace(/\s+/g, " ").trim());
    assert.ok((await names()).includes("walk no task never"));
    assert.equal(await section.locator("[aria-pressed]").count(), 0);
    assert.equal(await menuOf("counter").count(), 0);
  });

  it("lists of very many tasks those that go on, and folds their lanes by function", async () => {
    const tasks = Array.from({ length: 15_000 }, (_, id) => {
      const isOver = id > 1 && id < 14_990;
      const name = id === 0 ? "main" : id === 1 ? "client" : `client #${id}`;
      return { ...task(id % 2, 128), id, name, call: "client(…)", state: isOver ? ("returned" as const) : ("ready" as const) };
    });
    await panel.say({ type: "view", view: observed({ tasks, run: 3 }) });
    const rows = panel.page.locator(".tasks .row[data-task]");
    assert.equal(await panel.page.getByRole("grid", { name: "Tasks" }).getAttribute("aria-rowcount"), "5002");
    assert.deepEqual(await Promise.all([0, 1].map((at) => rows.nth(at).getAttribute("data-task"))), ["0", "1"]);
    await rows.first().focus();
    await panel.press("End");
    assert.equal(await rows.last().getAttribute("data-task"), "14999");
    assert.match(await panel.text(".tasks"), /10,000 more tasks, which have ended, are not listed\./);
    const lanes = panel.page.getByRole("listbox", { name: "Lanes" }).getByRole("option");
    assert.deepEqual(await lanes.allInnerTexts(), ["main", "client × 14,999"]);
    await panel.page.screenshot({ path: "out/pictures/panel-observed-many.png" });
  });

  it("can be given lines to read while it waits, and the end of its input", async () => {
    const sentence = [{ text: "No task has been resumed for a while." }];
    const { now: _, ...waiting } = observed({ status: "running", awaits: sentence, takesInput: {}, rate: 0 });
    await panel.say({ type: "view", view: { ...waiting, now: { ...row(128), resumedBy: at } } });
    const by = panel.page.locator(".now .resumed-by > bdi");
    assert.ok(await by.evaluate((bdi) => bdi.clientWidth > 0 && bdi.scrollWidth <= bdi.clientWidth), "has its whole name");
    const line = panel.page.getByRole("textbox", { name: "If the program waits for a line of standard input" });
    await line.fill("<b>ann</b>");
    await panel.press("Enter");
    assert.equal(await line.inputValue(), "");
    await line.fill("kept");
    await panel.say({ type: "view", view: { ...waiting, now: { ...row(128), resumedBy: at }, rate: 1 } });
    assert.equal(await line.inputValue(), "kept");
    await panel.page.getByRole("button", { name: "End of input" }).click();
    assert.deepEqual(await panel.posted("give"), [{ type: "give", text: "<b>ann</b>\n" }, { type: "give" }]);
    await panel.page.screenshot({ path: "out/pictures/panel-observed-input.png" });
    await panel.say({ type: "view", view: observed() });
    assert.equal(await line.count(), 0);
  });

  it("can be stepped before its first switch, when it has no task yet", async () => {
    await panel.say({
      type: "view",
      view: { ...observed({ tasks: [], head: 0, cursor: 0, run: 2 }), now: undefined, detail: undefined },
    });
    assert.match(await panel.text(".sentence"), /^Before step 1$/);
    await panel.page.getByRole("button", { name: "Step", exact: true }).click();
    assert.deepEqual(await panel.posted("command"), [{ type: "command", command: "step" }]);
  });

  for (const [name, classes, width] of looks(720)) {
    it(`looks well in ${name} at ${width} pixels`, async () => {
      await panel.say({ type: "view", view: observed({ watches }) });
      await panel.page.setViewportSize({ width, height: 1_150 });
      await panel.theme(classes);
      await panel.page.screenshot({ path: `out/pictures/panel-observed-${name}.png` });
      assert.equal(await panel.page.evaluate("document.querySelector('.app').scrollWidth"), width);
    });
  }
});
