/**
 * Who runs next: the policy and its parameters, picks by hand, actions on one task, and the reasons for picks.
 */
import assert from "node:assert/strict";
import { parsePolicy } from "../../../src/core/policies/parse";
import { policies } from "../../../src/core/policies/registry";
import { fieldsOf, firstText, policyLabel, policyText, problemOf } from "../../../src/panel/policy/policyText";
import type { Shown } from "../../../src/panel/text/format";
import type { View } from "../../../src/protocol/panel";
import { Panel } from "../browser";
import { view } from "../recorded";
import { answerOrder, ordered } from "./ordered";

describe("the text of a policy", () => {
  it("is shown in words, and a file by its name", () => {
    assert.equal(policyLabel("lottery:seed=7"), "lottery, seed 7");
    assert.equal(policyLabel("priority:counter=5,quantum=2"), "priority, counter 5, quantum 2");
    assert.equal(policyLabel("policies/mine.ts"), "mine.ts");
  });

  it("omits empty fields, and rejects what is not a number within the limits", () => {
    assert.equal(
      policyText(
        "pct",
        new Map([
          ["seed", ""],
          ["depth", " 4 "],
        ]),
      ),
      "pct:depth=4",
    );
    assert.equal(policyText("fcfs", new Map([["quantum", ""]])), "fcfs");
    const field = { key: "depth", label: "depth", about: "", least: 1, most: 9, usual: "3" };
    assert.equal(problemOf(field, ""), undefined);
    assert.equal(problemOf(field, "9"), undefined);
    for (const typed of ["0", "10", "1.5", "x", "-1"]) assert.match(problemOf(field, typed) ?? "", /from 1 to 9/);
  });
});

describe("the fields of a policy", () => {
  it("are distinct, even if a task has the name of one of the policy's parameters", () => {
    const names = ["seed", "seed #2", "quantum", "ageing", "counter"];
    const shown: Shown = { ...ordered(), names: new Map(names.entries()), resources: new Map(), session: 1 };
    const keysOf = (name: string) => policies.filter((each) => each.name === name).flatMap((each) => fieldsOf(each, shown));
    const lottery = keysOf("lottery").map(({ key }) => key);
    assert.deepEqual(lottery, ["seed", "quantum", "0", "1", "2", "ageing", "counter"]);
    assert.deepEqual(
      keysOf("priority").map(({ key }) => key),
      ["ageing", "quantum", "seed", "seed #2", "2", "3", "counter"],
    );
    const typed = new Map(lottery.map((key, index) => [key, String(index + 1)]));
    const { given } = parsePolicy(policyText("lottery", typed));
    assert.deepEqual([given.get("seed"), given.get("0"), given.get("1")], [1, 3, 4]);
    assert.deepEqual(
      keysOf("lottery").map((field) => firstText(field, new Map([["seed", 7]]))),
      ["7", "", "", "", "", "", ""],
    );
  });
});

describe("who runs next", () => {
  let panel: Panel;
  beforeEach(async () => {
    panel = await Panel.open({ width: 720, height: 1_000 });
    panel.answer = answerOrder();
    await show();
  });
  afterEach(async () => {
    assert.deepEqual(panel.complaints, []);
    assert.deepEqual(await panel.posted("problem"), []);
    await panel.close();
  });

  const show = (changes: Partial<View> = {}) => panel.say({ type: "view", view: ordered(changes) });
  const press = (...keys: string[]) => panel.press(...keys);
  const button = (name: string | RegExp) => panel.page.getByRole("button", { name, exact: true });
  const focused = async () => (await panel.page.locator("*:focus").getAttribute("aria-label")) ?? "";
  const row = (id: number) => panel.page.locator(`.tasks .row[data-task="${id}"]`);
  const state = (id: number) => panel.text(`.tasks .row[data-task="${id}"] .state`);

  it("always shows the policy, with its rule", async () => {
    const policy = button(/^Policy: /);
    assert.equal(await policy.getAttribute("aria-label"), "Policy: lottery, seed 7");
    assert.match((await policy.getAttribute("title")) ?? "", /a ticket is drawn/);
    await show({ status: "running", rate: 1e6 });
    assert.equal(await policy.isVisible(), true);
    await panel.say({ type: "view", view: view(128) });
    assert.equal(await policy.getAttribute("aria-label"), "Policy: round-robin");
  });

  it("chooses another policy by keyboard, with its parameters", async () => {
    await button(/^Policy: /).focus();
    await press("Enter");
    const form = panel.page.getByRole("form", { name: "Policy" });
    assert.equal(await form.getByRole("textbox", { name: "seed" }).inputValue(), "7");
    await form.getByRole("combobox", { name: "Policy" }).selectOption("pct");
    assert.match(await panel.text(".choose-policy .rule"), /random priorities/);
    await form.getByRole("textbox", { name: "depth" }).fill("0");
    await press("Enter");
    assert.equal(await form.getByRole("alert").textContent(), "Type a whole number from 1 to 1000.");
    assert.equal(await panel.page.locator("*:focus").inputValue(), "0");
    await panel.page.locator("*:focus").fill("4");
    await form.getByRole("alert").waitFor({ state: "detached" });
    await press("Enter");
    assert.deepEqual(await panel.posted("setPolicy"), [{ type: "setPolicy", policy: "pct:depth=4" }]);
    assert.equal(await form.count(), 0);
    assert.match(await focused(), /^Policy: /);
  });

  it("gives each task its priority, and asks the editor for a file", async () => {
    await button(/^Policy: /).click();
    const form = panel.page.getByRole("form", { name: "Policy" });
    await form.getByRole("combobox", { name: "Policy" }).selectOption("priority");
    await form.getByRole("textbox", { name: "bogosort" }).fill("3");
    await form.getByRole("button", { name: "Use priority" }).click();
    assert.deepEqual(await panel.posted("setPolicy"), [{ type: "setPolicy", policy: "priority:bogosort=3" }]);
    await button(/^Policy: /).click();
    await form.getByRole("button", { name: "From a file…" }).click();
    assert.deepEqual(await panel.posted("command"), [{ type: "command", command: "choosePolicyFile" }]);
  });

  it("changes the policy during a run, and cancels with Escape", async () => {
    await show({ status: "running", rate: 1e6 });
    await button(/^Policy: /).click();
    await press("Escape");
    assert.equal(await panel.page.getByRole("form", { name: "Policy" }).count(), 0);
    await button(/^Policy: /).click();
    await button("Use lottery").click();
    assert.deepEqual(await panel.posted("setPolicy"), [{ type: "setPolicy", policy: "lottery:seed=7" }]);
  });

  it("shows at a past step the policy of that step and the current one; a choice applies to the next steps", async () => {
    await show({ cursor: 57, policyThen: "fcfs" });
    const policy = button(/^Policy: /);
    assert.equal(await policy.getAttribute("aria-label"), "Policy: fcfs at step 57, now lottery, seed 7");
    assert.match((await policy.textContent()) ?? "", /^Policy: fcfs · now lottery, seed 7/);
    const title = (await policy.getAttribute("title")) ?? "";
    assert.match(title, /^At step 57 fcfs: .*\. Now lottery, seed 7\. .*next steps$/);
    await policy.click();
    const form = panel.page.getByRole("form", { name: "Policy" });
    const name = form.getByRole("combobox", { name: "Policy of the next steps" });
    assert.equal(await name.inputValue(), "lottery");
    await name.selectOption("priority");
    await button("Use priority").click();
    assert.deepEqual(await panel.posted("setPolicy"), [{ type: "setPolicy", policy: "priority" }]);
    await show({ cursor: 57, policyThen: "lottery:seed=7" });
    assert.equal(await policy.textContent(), "Policy: lottery, seed 7");
    assert.equal(await policy.getAttribute("aria-label"), "Policy: lottery, seed 7 at step 57, now lottery, seed 7");
  });

  it("says why a policy cannot pick, and where", async () => {
    const problem = { message: "mine.js gave 9.", remedy: "Return the id of a ready task.", file: "/w/mine.js", line: 12 };
    const notice = { severity: "warning" as const, message: problem.message, remedy: problem.remedy, actions: [] };
    await show({ policy: { text: "mine.js", name: "mine.js", problem }, notice });
    assert.equal(await panel.page.getByText("mine.js gave 9.", { exact: true }).count(), 1);
    const refused = panel.page.getByRole("region", { name: "Policy refused" });
    assert.match((await refused.textContent()) ?? "", /mine\.js gave 9\..*ready task/);
    await refused.getByRole("button", { name: /mine\.js:12/ }).click();
    assert.deepEqual(await panel.posted("reveal"), [{ type: "reveal", file: "/w/mine.js", line: 12, column: 1 }]);
    await refused.getByRole("button", { name: "Choose another…" }).click();
    await panel.page.getByRole("form", { name: "Policy" }).waitFor();
  });

  it("picks by a click and by a number key, and undoes it", async () => {
    await button("Run bogosort next").click();
    await row(0).focus();
    await press("2");
    assert.deepEqual(
      (await panel.posted("pick")).map(({ task }) => task),
      [1, 1],
    );
    await show({ next: 1, picked: { task: 1 }, reason: "picked by hand" });
    assert.equal(await state(1), "picked by hand");
    assert.match(await panel.text(".why"), /→ bogosort picked by hand/);
    await press("2");
    await button("Do not run bogosort next after all").click();
    assert.equal((await panel.posted("unpick")).length, 2);
  });

  it("ignores digits that are typed into a field or belong to no task", async () => {
    await panel.page.getByLabel("Expression to watch").fill("1");
    await panel.page.getByLabel("Expression to watch").press("2");
    await row(0).focus();
    await press("9", "Control+1");
    assert.deepEqual(await panel.posted("pick"), []);
  });

  it("says why a task cannot run next", async () => {
    await press("3");
    assert.equal(await panel.text(".refused"), "warmUp cannot be next. It has returned.");
    assert.equal(await button("Run warmUp next").getAttribute("aria-disabled"), "true");
    assert.match((await button("Run warmUp next").getAttribute("title")) ?? "", /It has returned/);
    await show({ status: "running", rate: 100 });
    await press("1");
    assert.match(await panel.text(".refused"), /pause it first/);
    assert.deepEqual(await panel.posted("pick"), []);
  });

  it("sends, throws and closes from the menu of a row, by keyboard", async () => {
    await row(0).focus();
    await press("ArrowRight", "ArrowRight", "ArrowRight");
    assert.equal(await focused(), "More for counter");
    await press("Enter", "ArrowDown", "Enter", "Enter");
    assert.match(await panel.text(".by-hand"), /Type an expression, such as 42/);
    await panel.page.keyboard.type("[1, 2]");
    await press("Enter");
    assert.deepEqual(await panel.posted("pick"), [{ type: "pick", task: 0, send: "[1, 2]" }]);
    assert.equal(await panel.page.locator("*:focus").getAttribute("data-task"), "0");
    await button("More for bogosort").click();
    await press("ArrowDown", "ArrowDown", "Enter");
    await panel.page.keyboard.type("new Error('stop')");
    await press("Enter");
    assert.deepEqual(await panel.posted("throwInto"), [{ type: "throwInto", task: 1, expression: "new Error('stop')" }]);
    await button("More for counter").click();
    await press("ArrowDown", "ArrowDown", "ArrowDown", "Enter");
    assert.deepEqual(await panel.posted("closeTask"), [{ type: "closeTask", task: 0 }]);
  });

  it("holds a task back and releases it, and shows it not by colour alone", async () => {
    await button("More for counter").click();
    await panel.page.getByRole("menuitem", { name: "Hold it back" }).click();
    assert.deepEqual(await panel.posted("hold"), [{ type: "hold", task: 0 }]);
    const tasks = ordered().tasks.map((task) => (task.id === 0 ? { ...task, state: "blocked" as const, held: true } : task));
    await show({ tasks });
    assert.equal(await state(0), "held back · next");
    await button("More for counter").click();
    const refused = panel.page.getByRole("menuitem", { name: /^Run next/ });
    assert.match((await refused.textContent()) ?? "", /held back: release it first/);
    await press("Enter");
    assert.deepEqual(await panel.posted("pick"), []);
    await panel.page.getByRole("menuitem", { name: "Release it", exact: true }).click();
    assert.deepEqual(await panel.posted("release"), [{ type: "release", task: 0 }]);
  });

  it("says why the task of the shown step was picked, and why the next one is next", async () => {
    assert.equal(await panel.text(".why"), "bogosort ticket 1 of 2 → counter ticket 2 of 2");
    assert.equal(await panel.text(".why-then"), "Why this task: ticket 1 of 2");
    await show({ cursor: 57 });
    assert.equal(await panel.text(".why"), "counter ticket 1 of 2");
  });

  it("branches from a past step, with a task that was ready there", async () => {
    await show({ cursor: 57, next: 1 });
    await button("Branch here, with counter next").click();
    assert.equal(await button("Branch here, with bogosort next").getAttribute("aria-disabled"), "true");
    await button("Branch here").click();
    assert.deepEqual(await panel.page.getByRole("menuitem").allTextContents(), ["counter next"]);
    await press("Enter");
    await button("More for bogosort").click();
    await press("ArrowDown", "Enter");
    await panel.page.keyboard.type("5");
    await press("Enter");
    assert.deepEqual(await panel.posted("branch"), [
      { type: "branch", task: 0 },
      { type: "branch", task: 0 },
      { type: "branch", task: 1, send: "5" },
    ]);
    await row(0).focus();
    await press("Enter", "1");
    assert.deepEqual(await panel.posted("pick"), []);
  });

  it("offers no actions in a recording, but shows the policy", async () => {
    await show({ recorded: "file" });
    assert.equal(await panel.page.locator(".acts").count(), 0);
    assert.equal(await button(/^Policy: /).count(), 0);
    assert.equal(await panel.text(".policy-note"), "Policy: lottery, seed 7");
    await show({ recorded: "file", cursor: 57, policyThen: "fcfs" });
    assert.equal(await panel.text(".policy-note"), "Policy: fcfs");
    assert.match((await panel.page.locator(".policy-note").getAttribute("title")) ?? "", /first come, first served/);
    await show({ recorded: "file" });
    await row(0).focus();
    await press("1", "Enter");
    assert.deepEqual(await panel.posted("pick"), []);
    assert.equal((await panel.posted("reveal")).length, 1);
  });

  it("restarts with the same schedule, or the same policy and seed", async () => {
    await button("More ways to restart").focus();
    await press("Enter", "Enter", "Enter", "ArrowDown", "Enter");
    assert.deepEqual(
      (await panel.posted("restartSame")).map(({ what }) => what),
      ["schedule", "policy"],
    );
  });
});
