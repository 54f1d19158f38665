/**
 * What the panel shows in each state of the session, in a real browser.
 */
import assert from "node:assert/strict";
import { answerRows, Panel } from "./browser";
import { empty, row, view } from "./recorded";

describe("the panel in a browser", () => {
  let panel: Panel;
  beforeEach(async () => {
    panel = await Panel.open();
  });
  afterEach(async () => {
    assert.deepEqual(panel.complaints, []);
    await panel.close();
  });

  const text = (selector: string) => panel.text(selector);
  const disabled = async (name: string) =>
    (await panel.page.getByRole("button", { name, exact: true }).getAttribute("aria-disabled")) === "true";

  it("requests its view when it is ready", async () => {
    assert.equal((await panel.posted("ready")).length, 1);
  });

  it("says how to begin", async () => {
    await panel.say({ type: "view", view: empty() });
    assert.match(await text(".beginning"), /Run as cooperative task/);
    assert.equal(await disabled("Step"), true);
  });

  it("says that it is loading", async () => {
    await panel.say({ type: "view", view: { ...empty(), status: "loading", file: "counter.ts" } });
    assert.match(await text(".busy"), /Loading counter.ts/);
    assert.equal(await disabled("Stop"), false);
  });

  it("shows a paused session: what happened, what is next, the tasks, the step", async () => {
    panel.answer = answerRows(128);
    await panel.say({ type: "view", view: view(128) });
    assert.equal(await text(".sentence"), "Step 128 bogosort yielded undefined → next counter");
    assert.equal(await text(".origin"), "counter-and-bogosort.ts · Node 24.21 · paused");
    assert.equal(await text(".pill"), "live");
    assert.equal(
      await text(".grid .row >> nth=1"),
      "bogosort([9, 4, 1, 7, 3, 2, 8, 5, 6, 0]) ready 12:3 ‹ bogosort 33:5 undefined 63 1.98 ms",
    );
    await panel.page.locator("#switch-127 .what").waitFor();
    assert.equal(await text("#switch-128"), "128 bogosort yielded undefined 31 µs");
    assert.match(await text(".tree"), /tries: changed, 63 was 62/);
  });

  it("keeps the step at the cursor visible when the panel gets smaller", async () => {
    panel.answer = answerRows(128);
    await panel.page.setViewportSize({ width: 700, height: 1_000 });
    await panel.say({ type: "view", view: view(128) });
    await panel.page.locator("#switch-128").waitFor();
    await panel.page.setViewportSize({ width: 700, height: 700 });
    await panel.page.waitForFunction(`(() => {
      const row = document.querySelector("#switch-128")?.getBoundingClientRect();
      const list = document.querySelector(".list")?.getBoundingClientRect();
      return row && list && innerHeight === 700 && row.bottom <= list.bottom + 1 && row.top >= list.top - 1;
    })()`);
  });

  it("is ready before the first step", async () => {
    await panel.say({ type: "view", view: view(0, { next: 0 }) });
    assert.equal(await text(".sentence"), "Before step 1 → next counter");
    assert.deepEqual([await disabled("Step"), await disabled("Step back")], [false, true]);
  });

  it("sends a command for each button", async () => {
    await panel.say({ type: "view", view: view(128) });
    for (const name of ["Restart", "Step back", "Step", "Run", "Stop", "Add task", "Save trace"]) {
      await panel.page.getByRole("button", { name, exact: true }).click();
    }
    await panel.page.locator(".until").selectOption("all");
    const commands = (await panel.posted("command")).map(({ command }) => command);
    assert.deepEqual(commands, ["restart", "stepBack", "step", "run", "stop", "addTask", "saveTrace"]);
    assert.deepEqual(await panel.posted("setUntil"), [{ type: "setUntil", until: "all" }]);
  });

  it("of a recording can neither run nor change anything, and says why", async () => {
    const watches = [{ expression: "tries", text: "63" }];
    await panel.say({ type: "view", view: view(128, { status: "stopped", recorded: "file", watches }) });
    const bar = panel.page.getByRole("toolbar", { name: "Run" }).getByRole("button");
    const labels = await bar.evaluateAll((buttons) =>
      buttons.map((button) => button.getAttribute("aria-label") ?? button.textContent?.trim()),
    );
    assert.deepEqual(labels, ["Step back", "Step", "Save trace", "Export trace"]);
    await panel.page.getByText("Recorded, read only").waitFor();
    for (const hidden of ["Breakpoints", "Add the watch", "Remove the watch tries"]) {
      assert.equal(await panel.page.getByLabel(hidden, { exact: true }).count(), 0, hidden);
    }
  });

  it("turns Run into Pause during a run, and shows the rate", async () => {
    panel.answer = answerRows(1_204_331);
    await panel.say({ type: "view", view: view(1_204_331, { status: "running", rate: 8_100_000 }) });
    await panel.page.locator("#switch-1204331").waitFor();
    assert.equal(await text(".sentence"), "Step 1,204,331 · 8.1 M steps/s");
    assert.match(await text(".about"), /· running live$/);
    assert.equal(await disabled("Step"), true);
    await panel.page.getByRole("button", { name: "Pause" }).click();
    assert.deepEqual(await panel.posted("command"), [{ type: "command", command: "pause" }]);
  });

  it("shows new steps without requesting rows, and marks each paint", async () => {
    for (let head = 1; head <= 12; head += 1) await panel.say({ type: "view", view: view(head) });
    assert.equal(await panel.page.locator(".switch .what").count(), 12);
    assert.deepEqual(await panel.posted("rows"), []);
    assert.deepEqual(await panel.page.evaluate("testHost.painted"), { head: 12, cursor: 12 });
  });

  it("shows at a past step where it is, and how to go back", async () => {
    panel.answer = answerRows(128);
    await panel.say({ type: "view", view: view(128, { cursor: 57 }) });
    assert.match(await text(".sentence"), /^Step 57 of 128 /);
    await panel.page.getByRole("button", { name: /Back to live/ }).click();
    assert.deepEqual(await panel.posted("command"), [{ type: "command", command: "toHead" }]);
  });

  it("keeps the names of tasks that the view of a past step does not have", async () => {
    panel.answer = answerRows(128);
    await panel.say({ type: "view", view: view(128) });
    const past = view(128, { cursor: 127 });
    await panel.say({ type: "view", view: { ...past, tasks: past.tasks.slice(0, 1) } });
    assert.match(await text("#switch-126"), /bogosort/);
  });

  it("shows the run's result, with a link to its step", async () => {
    await panel.say({ type: "view", view: view(128, { result: { task: 2, step: 3, value: "42" } }) });
    assert.match(await text(".result"), /Result of warmUp 42 at step 3/);
    await panel.page.getByRole("button", { name: "step 3" }).click();
    assert.deepEqual(await panel.posted("select"), [{ type: "select", step: 3 }]);
  });

  for (const status of ["stopped", "failed", "finished"] as const) {
    it(`keeps a ${status} session readable, and offers Restart`, async () => {
      const notice = {
        severity: "error",
        message: "The runner ended.",
        remedy: "Restart.",
        detail: "at f",
        actions: ["restart"],
      };
      panel.answer = answerRows(128);
      await panel.say({ type: "view", view: { ...view(128, { status }), next: undefined, notice } });
      assert.match(await text(".origin"), new RegExp(status));
      assert.deepEqual([await disabled("Step"), await disabled("Run"), await disabled("Stop")], [true, true, true]);
      assert.equal(await disabled("Step back"), false);
      await panel.page.locator(".notice button").click();
      assert.deepEqual(await panel.posted("command"), [{ type: "command", command: "restart" }]);
      await panel.page.locator(".notice summary").click();
      assert.equal(await text(".notice pre"), "at f");
    });
  }

  it("drops the previous run's rows when the session restarts", async () => {
    panel.answer = answerRows(128);
    await panel.say({ type: "view", view: view(128) });
    await panel.page.locator("#switch-127 .what").waitFor();
    panel.answer = () => undefined;
    await panel.say({ type: "view", view: { ...view(0), status: "loading" } }, { type: "view", view: view(5) });
    assert.equal(await panel.page.locator(".switch").count(), 5);
    assert.equal(await panel.page.locator(".switch .what").count(), 1);
  });

  it("ignores and reports invalid messages", async () => {
    await panel.say({ type: "view", view: view(3) });
    await panel.tell({ type: "view", view: { ...view(4), cursor: "four" } }, "hello", { type: "rows", id: 99, rows: [row(1)] });
    await panel.say({ type: "view", view: view(3) });
    const problems = await panel.posted("problem");
    assert.equal(problems.length, 2);
    assert.match(problems[0]?.message ?? "", /view\.cursor/);
    assert.match(await text(".sentence"), /^Step 3 /);
  });

  it("announces the now line in a live region, at most once a second during a run", async () => {
    await panel.say({ type: "view", view: view(7) });
    assert.equal(await text("[aria-live]"), "Step 7, counter yielded undefined, next bogosort");
    const changes = await panel.page.evaluate(`new Promise((done) => {
      const said = [];
      new MutationObserver(() => said.push(1)).observe(document.querySelector("[aria-live]"), { childList: true });
      const view = ${JSON.stringify(view(7, { status: "running" }))};
      let head = 7;
      const frame = () => {
        head += 1;
        testHost.say([{ type: "view", view: { ...view, head, cursor: head, now: { ...view.now, step: head } } }]);
        head < 30 ? requestAnimationFrame(frame) : done(said.length);
      };
      frame();
    })`);
    assert.ok(Number(changes) <= 1);
  });
});
